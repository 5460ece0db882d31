import type { OperationInfo } from '../../../src/graph/odata/path/path-model.js'
import { smallModel } from './small-model.js'

const operation = (
  name: string,
  kind: OperationInfo['kind'],
  parameters: readonly string[] = [],
  returns?: OperationInfo['returns'],
  composable = false
): OperationInfo => ({
  name,
  kind,
  parameters: parameters.map((parameter) => ({
    name: parameter,
    type: 'Edm.String',
    collection: false,
    nullable: true
  })),
  returns,
  composable
})

const [USER, GROUP, DEVICE] = ['microsoft.graph.user', 'microsoft.graph.group', 'microsoft.graph.device']

/** A corner of Graph, for paths. */
export const smallGraph = smallModel({
  types: {
    'microsoft.graph.entity': { keys: ['id'], properties: { id: 'Edm.String' } },
    'microsoft.graph.directoryObject': {
      base: 'microsoft.graph.entity',
      keys: ['id'],
      properties: { deletedDateTime: 'Edm.DateTimeOffset' }
    },
    [USER]: {
      base: 'microsoft.graph.directoryObject',
      keys: ['id'],
      alternateKeys: [['userPrincipalName']],
      properties: {
        displayName: 'Edm.String',
        businessPhones: 'Collection(Edm.String)',
        identities: 'Collection(microsoft.graph.objectIdentity)',
        mailboxSettings: 'microsoft.graph.mailboxSettings',
        photo: '=> microsoft.graph.profilePhoto',
        manager: '-> microsoft.graph.directoryObject',
        messages: '=> Collection(microsoft.graph.message)'
      }
    },
    [GROUP]: {
      base: 'microsoft.graph.directoryObject',
      keys: ['id'],
      properties: { members: '-> Collection(microsoft.graph.directoryObject)' }
    },
    [DEVICE]: {
      base: 'microsoft.graph.directoryObject',
      keys: ['id'],
      alternateKeys: [['deviceId']],
      properties: { deviceId: 'Edm.String' }
    },
    'microsoft.graph.objectIdentity': { properties: { issuer: 'Edm.String' } },
    'microsoft.graph.mailboxSettings': { properties: { timeZone: 'Edm.String' } },
    'microsoft.graph.profilePhoto': { base: 'microsoft.graph.entity', keys: ['id'], properties: {} },
    'microsoft.graph.message': {
      base: 'microsoft.graph.entity',
      keys: ['id'],
      properties: { attachments: '=> Collection(microsoft.graph.attachment)' }
    },
    'microsoft.graph.attachment': { base: 'microsoft.graph.entity', keys: ['id'], properties: {} },
    'microsoft.graph.deviceManagement': {
      base: 'microsoft.graph.entity',
      keys: ['id'],
      properties: {
        windowsAutopilotSettings: '=> microsoft.graph.windowsAutopilotSettings',
        managedDevices: '=> Collection(microsoft.graph.managedDevice)',
        policies: '=> Collection(microsoft.graph.policy)'
      }
    },
    'microsoft.graph.windowsAutopilotSettings': { base: 'microsoft.graph.entity', keys: ['id'], properties: {} },
    'microsoft.graph.managedDevice': {
      base: 'microsoft.graph.entity',
      keys: ['id'],
      properties: { users: '-> Collection(microsoft.graph.user)' }
    },
    'microsoft.graph.policy': { base: 'microsoft.graph.entity', keys: ['id'], properties: {} },
    'microsoft.graph.specialPolicy': {
      base: 'microsoft.graph.policy',
      keys: ['id'],
      properties: { assignments: '=> Collection(microsoft.graph.attachment)' }
    },
    'microsoft.graph.pair': { keys: ['left', 'right'], properties: { left: 'Edm.String', right: 'Edm.String' } }
  },
  roots: [
    { name: 'users', type: USER, collection: true },
    { name: 'groups', type: GROUP, collection: true },
    { name: 'devices', type: DEVICE, collection: true },
    { name: 'directoryObjects', type: 'microsoft.graph.directoryObject', collection: true },
    { name: 'me', type: USER, collection: false },
    { name: 'deviceManagement', type: 'microsoft.graph.deviceManagement', collection: false },
    { name: 'pairs', type: 'microsoft.graph.pair', collection: true }
  ],
  operations: {
    [`Collection(${USER})`]: [operation('delta', 'function', [], { type: USER, collection: true })],
    [USER]: [
      operation('reminderView', 'function', ['startDateTime', 'endDateTime'], {
        type: 'microsoft.graph.message',
        collection: true
      }),
      operation('reminderView', 'function', ['startDateTime'], { type: 'microsoft.graph.message', collection: true }),
      operation('revokeSignInSessions', 'action', [], { type: 'Edm.Boolean', collection: false }),
      operation('getMemberGroups', 'action', [], { type: 'Edm.String', collection: true }),
      operation('closest', 'function', [], { type: USER, collection: false }, true),
      operation('wipe', 'action')
    ],
    'microsoft.graph.windowsAutopilotSettings': [operation('sync', 'action')]
  }
})

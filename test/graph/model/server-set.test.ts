import t from 'tap'
import { writeText } from '../../../src/graph/model/compact-text.js'
import { Model } from '../../../src/graph/model/model.js'
import { ownModel } from '../../../src/graph/model/model-files.js'
import { SERVER_SET_BY_TYPE, serverSetOf } from '../../../src/graph/model/server-set.js'

t.test('what the service sets is told by name, kind and type', async (t) => {
  const model = new Model(() =>
    writeText([
      { key: 'entity', body: 'Ea:;id:s!&' },
      { key: 'user', body: 'E:entity;createdDateTime:d;userType:s;lastModifiedDateTime:s;modifiedDateTime:d*' },
      { key: 'member', body: 'E:user;supportsScopeTags:b' }
    ])
  )
  const member = model.type('member')
  if (!member) throw new Error('no type')
  t.strictSame(
    new Map(serverSetOf(member)),
    new Map([
      ['createdDateTime', { value: { kind: 'created' }, fixed: true, evidence: 'assumed' }],
      ['supportsScopeTags', { value: { kind: 'constant', value: true }, fixed: true, evidence: 'assumed' }],
      ['userType', { value: { kind: 'constant', value: 'Member' }, fixed: false, evidence: 'documented' }]
    ] as const)
  )
})

t.test('each rule is of a type and property that a version has', async (t) => {
  const models = [ownModel('beta'), ownModel('v1.0')]
  for (const [type, rules] of SERVER_SET_BY_TYPE) {
    for (const name of Object.keys(rules)) {
      t.ok(
        models.some((model) => model.type(type)?.properties.has(name)),
        `${type}/${name}`
      )
    }
  }
})

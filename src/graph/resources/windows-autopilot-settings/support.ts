import type { Behaviour } from '../../../support/behaviour.js'

const actionPage = 'windowsAutopilotSettings: sync, API page'

export const readSupport: readonly Behaviour[] = [
  {
    behaviour: 'Profile `documented`: 200, the bare object with `@odata.type`',
    evidence: 'documented',
    source: 'windowsAutopilotSettings: get, API page, without the wrapper `value`, which no capture has'
  },
  {
    behaviour: 'Profile `observed`: 200, the bare object with `@odata.context`, dates in UTC',
    evidence: 'observed',
    source: 'graph2otel, 2026-07-23'
  },
  {
    behaviour: 'Before a first sync: both dates `0001-01-01T00:00:00Z`, status `unknown`',
    evidence: 'assumed',
    source: 'insightconnect-plugins PR 1966 for other types'
  },
  {
    behaviour: '`odata.metadata=full`: types, links and the action',
    evidence: 'assumed',
    source: 'OpenIntuneBaseline for another Intune type'
  }
]

export const updateSupport: readonly Behaviour[] = [
  {
    behaviour: '200 with the whole object; what is absent stays',
    evidence: 'documented',
    source: 'windowsAutopilotSettings: update, API page; no capture of a PATCH exists'
  },
  {
    behaviour:
      '`syncStatus` ends a running sync with that value; a date or a status starts, ends and locks nothing else',
    evidence: 'assumed',
    source: 'no capture'
  }
]

export const syncSupport: readonly Behaviour[] = [
  {
    behaviour: '204; `inProgress`, then `completed` or `failed`, as told',
    evidence: 'documented',
    source: `${actionPage}; a user saw 200 in 2020 (microsoft-graph-docs#7125)`
  },
  {
    behaviour: 'While a sync runs: 409 `Conflict`',
    evidence: 'documented',
    source: `${actionPage}; its body is assumed`
  },
  {
    behaviour:
      'Within ten minutes of the last sync: 429 `TooManyRequests`, nested message, no `Retry-After` unless told',
    evidence: 'observed',
    source: 'WindowsAutopilotInfo#29, microsoft-graph-docs#9691'
  },
  {
    behaviour: 'A sync takes half a second, and `lastSyncDateTime` is its end',
    evidence: 'assumed',
    source: 'graph2otel, 2026-07-23, one capture'
  },
  {
    behaviour: 'No body, `{}`, or no bytes under any content type',
    evidence: 'observed',
    source: 'CIPP-API, WindowsAutopilotInfo, Azure-Automation'
  }
]

import { parseDuration } from '../../../lib/iso-duration.js'
import { LAST_INSTANT } from '../../../tenants/clock.js'
import { normaliseDateTimeOffset } from '../../../lib/date-time-offset.js'
import type { WindowsAutopilotSettings } from './schema.js'
import type { Sync } from './sync-settings.js'

/** The state in a tenant: the entity, and what controls its syncs. */
export interface AutopilotState {
  readonly windowsAutopilotSettings: WindowsAutopilotSettings
  readonly sync: Sync
}

/** Why a sync does not start, and until when (milliseconds since 1970). */
export interface SyncRefusal {
  readonly refused: 'running' | 'locked'
  readonly until: number
}

/**
 * The state at an instant: ends a sync whose time is over.
 *
 * A sync runs between its start and its end. On a clock that was put back to before its start it has ended too, so that no
 * test waits for years.
 *
 * @param now milliseconds since 1970
 */
export function settle(state: AutopilotState, now: number): AutopilotState {
  const running = runningSync(state)
  return running && isWithin(now, running.from, running.at) ? state : endSync(state)
}

/** When the running sync, if any, started (`from`) and ends (`at`), in milliseconds since 1970. */
export function runningSync({
  windowsAutopilotSettings,
  sync
}: AutopilotState): { from: number; at: number } | undefined {
  if (!sync.running) return undefined
  const from = Date.parse(sync.running.startedAt)
  // Without the `syncStatus` inProgress a document has no running sync, whatever its member `running` says.
  return {
    from,
    at: windowsAutopilotSettings.syncStatus === 'inProgress' ? Date.parse(sync.running.endsAt) : -Infinity
  }
}

/**
 * Ends the running sync, if any: `lastSyncDateTime` is its end, whatever the outcome (assumed; dates of Intune that count
 * only successes have other names, such as lastSuccessfulSyncDateTime).
 */
export function endSync(state: AutopilotState): AutopilotState {
  const { windowsAutopilotSettings: settings, sync } = state
  if (!sync.running) return state
  const { outcome, endsAt } = sync.running
  return {
    windowsAutopilotSettings:
      settings.syncStatus === 'inProgress' ? { ...settings, syncStatus: outcome, lastSyncDateTime: endsAt } : settings,
    sync: withoutRunning(sync)
  }
}

/**
 * The action `sync` (documented): refused while a sync runs, then until the minimum interval since the start
 * of the last one is over. That a running sync is checked first is assumed.
 *
 * @param state settled at `now`
 * @param now milliseconds since 1970
 */
export function startSync(
  { windowsAutopilotSettings, sync }: AutopilotState,
  now: number
): AutopilotState | SyncRefusal {
  if (sync.running) return { refused: 'running', until: Date.parse(sync.running.endsAt) }
  if (sync.lastAction !== undefined) {
    const last = Date.parse(sync.lastAction)
    const until = last + parseDuration(sync.minimumInterval)
    if (isWithin(now, last, until)) return { refused: 'locked', until }
  }
  const startedAt = literal(now)
  const endsAt = literal(Math.min(now + parseDuration(sync.duration), LAST_INSTANT))
  const started: AutopilotState = {
    windowsAutopilotSettings: {
      ...windowsAutopilotSettings,
      lastManualSyncTriggerDateTime: startedAt,
      syncStatus: 'inProgress'
    },
    sync: { ...sync, lastAction: startedAt, running: { startedAt, endsAt, outcome: sync.outcome } }
  }
  return settle(started, now)
}

/** Ends the running sync, if any. The start of the last one stays, and with it the lock-out. */
export function withoutRunning(sync: Sync): Sync {
  const ended = { ...sync }
  delete ended.running
  return ended
}

function isWithin(now: number, from: number, until: number): boolean {
  return now >= from && now < until
}

/** An instant in the form of Intune's dates. */
function literal(instant: number): string {
  return normaliseDateTimeOffset(new Date(instant).toISOString())
}

import { parseDuration } from '../../../lib/iso-duration.js'
import { LAST_INSTANT } from '../../../tenants/clock.js'
import { normaliseDateTimeOffset } from '../../../lib/date-time-offset.js'
import type { WindowsAutopilotSettings } from './schema.js'
import type { Sync } from './sync-settings.js'

/** What is kept of a tenant: the entity, and what drives its syncs. */
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
 * The state at an instant: a sync whose time is over has ended.
 *
 * A sync runs from its start to its end only: on a clock put back to before its start it is over too, so that nobody
 * waits for years.
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
  // A document whose `syncStatus` is not inProgress has no running sync, whatever it says.
  return {
    from,
    at: windowsAutopilotSettings.syncStatus === 'inProgress' ? Date.parse(sync.running.endsAt) : -Infinity
  }
}

/**
 * Ends the running sync, if any: `lastSyncDateTime` is its end, whatever the outcome (assumed; Intune names dates that
 * count successes only, such as lastSuccessfulSyncDateTime, otherwise).
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
 * of the last one is over. That a running sync is looked at first is assumed.
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

/** Ends the running sync, if any; when the last one was started stays known, and with it the lock-out. */
export function withoutRunning(sync: Sync): Sync {
  const ended = { ...sync }
  delete ended.running
  return ended
}

function isWithin(now: number, from: number, until: number): boolean {
  return now >= from && now < until
}

/** As Intune writes dates. */
function literal(instant: number): string {
  return normaliseDateTimeOffset(new Date(instant).toISOString())
}

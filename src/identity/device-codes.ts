import { LruMap } from 'toad-cache'
import type { Random } from '../random.js'
import type { Client, TenantName } from './directory.js'
import type { ScopeRequest } from './scopes.js'
import { newUserCode, normaliseUserCode } from './user-code.js'
import type { Subject } from './subject.js'

const KEPT = 10_000

/** What somebody decided on a device code. */
export type Decision = { readonly subject: Subject; readonly tenantId: string } | 'denied'

export interface DeviceCode {
  readonly userCode: string
  readonly deviceCode: string
  readonly client: Client
  readonly scope: ScopeRequest
  readonly tenant: TenantName
  /** Milliseconds since 1970. */
  readonly expires: number
  decision: Decision | undefined
}

/** The device codes of one app, found by the code that the device holds and by the one that people type. */
export class DeviceCodes {
  readonly #byDeviceCode = new LruMap<DeviceCode>(KEPT)
  readonly #byUserCode = new LruMap<DeviceCode>(KEPT)
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  add(parts: Pick<DeviceCode, 'client' | 'scope' | 'tenant' | 'expires'>): DeviceCode {
    const deviceCode = `D${this.#random.uuid()}${this.#random.uuid()}`.replaceAll('-', '')
    const added: DeviceCode = { ...parts, deviceCode, userCode: newUserCode(this.#random), decision: undefined }
    this.#byDeviceCode.set(deviceCode, added)
    this.#byUserCode.set(added.userCode, added)
    return added
  }

  byDeviceCode(deviceCode: string): DeviceCode | undefined {
    return this.#byDeviceCode.get(deviceCode)
  }

  byUserCode(typed: string): DeviceCode | undefined {
    return this.#byUserCode.get(normaliseUserCode(typed))
  }

  /** A device code is redeemed once. */
  delete({ deviceCode, userCode }: DeviceCode): void {
    this.#byDeviceCode.delete(deviceCode)
    this.#byUserCode.delete(userCode)
  }
}

import type { Random } from '../lib/random.js'
import type { TenantName } from './directory.js'
import { GrantStore } from './grant-store.js'
import type { ScopeRequest } from './scopes.js'
import type { Subject } from './subject.js'
import { newUserCode, normaliseUserCode } from './user-code.js'

/** The decision on a device code. */
export type Decision = { readonly subject: Subject; readonly tenantId: string } | 'denied'

/** The request of a device. */
interface DeviceRequest {
  readonly appId: string
  readonly scope: ScopeRequest
  readonly tenant: TenantName
}

export interface DeviceCode extends DeviceRequest {
  readonly userCode: string
  readonly deviceCode: string
  /** Milliseconds since 1970. */
  readonly expires: number
  readonly decision: Decision | undefined
}

/** The device codes of one app, found by the code that the device holds and by the one that people type. */
export class DeviceCodes {
  readonly #codes: GrantStore<DeviceRequest & { readonly userCode: string }, Decision | 'redeemed'>
  readonly #byUserCode = new Map<string, string>()
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
    this.#codes = new GrantStore(random, 'D', {
      onForgotten: ({ userCode }) => {
        this.#byUserCode.delete(userCode)
      }
    })
  }

  /** @param expires milliseconds since 1970 */
  add(request: DeviceRequest, expires: number): { readonly userCode: string; readonly deviceCode: string } {
    const userCode = newUserCode(this.#random)
    const deviceCode = this.#codes.add({ ...request, userCode }, expires)
    this.#byUserCode.set(userCode, deviceCode)
    return { userCode, deviceCode }
  }

  /** `undefined` for a redeemed code, and for one that was never issued. */
  byDeviceCode(deviceCode: string): DeviceCode | 'forgotten' | undefined {
    const found = this.#codes.find(deviceCode)
    if (found === undefined || found === 'forgotten') return found
    const { grant, expires, state } = found
    return state === 'redeemed' ? undefined : { ...grant, deviceCode, expires, decision: state }
  }

  byUserCode(typed: string): DeviceCode | undefined {
    const deviceCode = this.#byUserCode.get(normaliseUserCode(typed))
    // The user code of a dropped or redeemed device code is deleted with it.
    return deviceCode === undefined ? undefined : (this.byDeviceCode(deviceCode) as DeviceCode)
  }

  decide({ deviceCode }: DeviceCode, decision: Decision): void {
    this.#codes.setState(deviceCode, decision)
  }

  /** A device code is redeemed once. */
  redeem({ deviceCode, userCode }: DeviceCode): void {
    this.#codes.setState(deviceCode, 'redeemed')
    this.#byUserCode.delete(userCode)
  }
}

import type { Authority } from './authority.js'
import type { DeviceCode } from './device-codes.js'
import type { Subject } from './subject.js'

/** Whether a code has expired on the clock of its tenant; of the default tenant where the path named none. */
export function hasExpired(authority: Authority, { tenant, expires }: DeviceCode): boolean {
  return authority.now(tenant.tenantId ?? authority.directory.defaultTenant) >= expires
}

/** Approves a code for a user. @param tenantId used where the device named no tenant; default: the user's own */
export function approve(authority: Authority, code: DeviceCode, subject: Subject, tenantId?: string): void {
  authority.deviceCodes.decide(code, {
    subject,
    tenantId: code.tenant.tenantId ?? tenantId ?? authority.directory.homeTenant(subject)
  })
}

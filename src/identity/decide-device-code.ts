import type { Authority } from './authority.js'
import type { DeviceCode } from './device-codes.js'
import type { Subject } from './subject.js'

/** On the clock of its tenant, which for `common` is the default one. */
export function hasExpired(authority: Authority, { tenant, expires }: DeviceCode): boolean {
  return authority.now(tenant.tenantId ?? authority.directory.defaultTenant) >= expires
}

/** Somebody approves. @param tenantId where the path of the device named no tenant; default: the user's own */
export function approve(authority: Authority, code: DeviceCode, subject: Subject, tenantId?: string): void {
  authority.deviceCodes.decide(code, {
    subject,
    tenantId: code.tenant.tenantId ?? tenantId ?? authority.directory.homeTenant(subject)
  })
}

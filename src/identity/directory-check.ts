import { createPublicKey } from 'node:crypto'
import type { Application, User } from './directory-schema.js'

interface CheckedMembers {
  readonly users?: readonly User[]
  readonly applications?: readonly Application[]
}

/** What a schema cannot say of users and applications: one sentence on the first fault, with the member's path. */
export function directoryFault({ users = [], applications = [] }: CheckedMembers): string | undefined {
  return (
    repeated(users, 'users', ({ userPrincipalName }) => userPrincipalName) ??
    repeated(applications, 'applications', ({ appId }) => appId) ??
    unreadableCertificate(applications)
  )
}

function repeated<Item>(items: readonly Item[], member: string, nameOf: (item: Item) => string): string | undefined {
  const seen = new Set<string>()
  for (const [at, item] of items.entries()) {
    const name = nameOf(item).toLowerCase()
    if (seen.has(name)) return `${member}.${at} is the second ${name}`
    seen.add(name)
  }
  return undefined
}

function unreadableCertificate(applications: readonly Application[]): string | undefined {
  for (const [at, { certificates = [] }] of applications.entries()) {
    for (const [which, pem] of certificates.entries()) {
      if (!isPublicKey(pem)) return `applications.${at}.certificates.${which} is no certificate or public key in PEM`
    }
  }
  return undefined
}

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

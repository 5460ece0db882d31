// Writes a fixture with an application that authenticates with a certificate, beside those of the default fixture.
// Usage: node certificate-fixture.mjs CLIENT_ID CERTIFICATE_FILE FIXTURE_FILE
import { readFileSync, writeFileSync } from 'node:fs'

const [appId, certificateFile, fixtureFile] = process.argv.slice(2)
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/default.json', import.meta.url), 'utf8'))
const [certificate] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(
  readFileSync(certificateFile, 'utf8')
)
const roles = ['DeviceManagementServiceConfig.ReadWrite.All']
fixture.applications.push({ appId, certificates: [certificate], permissions: { roles } })
writeFileSync(fixtureFile, JSON.stringify(fixture))

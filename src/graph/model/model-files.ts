import { existsSync, readFileSync } from 'node:fs'
import { Model } from './model.js'
import { Permissions } from './permissions/permissions.js'
import { permissionsOfText } from './permissions/permissions-text.js'

/** From the bundle's entries, from its chunks, and from the source tree, which takes what the last build made. */
const FOLDERS = ['./model/', '../model/', '../../../dist/model/']

/** The files are of ASCII, and Latin-1 is read without decoding. */
const LATIN1 = 'latin1'

/** The model of a version that comes with msgraph-mock. Its file is read at the first question. */
export function ownModel(version: 'beta' | 'v1.0'): Model {
  return new Model(() => readFileSync(ownFile(`${version}.txt`), LATIN1))
}

/** The permissions that come with msgraph-mock, read likewise. */
export function ownPermissions(): Permissions {
  return new Permissions(() => permissionsOfText(readFileSync(ownFile('permissions.txt'), LATIN1)))
}

/**
 * @param from the module that asks, as a URL
 * @throws Error where there is no such file, so where nothing was built
 */
export function ownFile(name: string, from: string = import.meta.url): URL {
  const files = FOLDERS.map((folder) => new URL(`${folder}${name}`, from))
  const file = files.find((one) => existsSync(one))
  if (!file) throw new Error(`there is no ${name} in dist/model: npm run build makes it`)
  return file
}

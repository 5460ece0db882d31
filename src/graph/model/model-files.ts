import { existsSync, readFileSync } from 'node:fs'
import { Model } from './model.js'
import { Permissions } from './permissions/permissions.js'
import { permissionsOfText } from './permissions/permissions-text.js'

/** From the bundle's entries, from its chunks, and from the source tree, which takes what the last build made. */
const FOLDERS = ['./model/', '../model/', '../../../dist/model/']

/** The model of a version that comes with msgraph-mock. Its file is read at the first question. */
export function ownModel(version: 'beta' | 'v1.0'): Model {
  return new Model(() => readOwn(`${version}.txt`))
}

/** The permissions that come with msgraph-mock, read likewise. */
export function ownPermissions(): Permissions {
  return new Permissions(() => permissionsOfText(readOwn('permissions.txt')))
}

/** @throws Error where there is no such file, so where nothing was built */
function readOwn(name: string): string {
  const files = FOLDERS.map((folder) => new URL(`${folder}${name}`, import.meta.url))
  // Latin-1 is read without decoding, and the files are of ASCII.
  return readFileSync(files.find((file) => existsSync(file)) ?? (files[0] as URL), 'latin1')
}

import { lazyCheck } from '../../lib/lazy-check.js'
import { explainMismatch } from '../../lib/schema-mismatch.js'
import { InvalidDocument } from '../invalid-document.js'
import { EntitiesDocument } from './entities-document.js'
import { parentOf, pathOf } from './entity-path.js'
import type { Parts } from './parts.js'
import type { Identity } from './rows.js'

const check = lazyCheck(EntitiesDocument)

/**
 * Demands of a document what writes keep to: no key, position or version twice, and nothing that hangs on what is not
 * there.
 *
 * @param options parts without entities, whose options hold
 * @throws InvalidDocument
 */
export function readDocument(document: unknown, options: Parts): Parts {
  if (!check.accepts(document)) throw new InvalidDocument(explainMismatch(check.errors(document)))
  const { version, knownSince, collections, links, deleted, unlinked } = document as EntitiesDocument
  const [rows, ownLinks] = [options.rows.clone(), options.links.clone()]
  const [index, removals] = [options.index.clone(), options.removals.clone()]
  const identities = new Map<number, Identity>()
  const [positions, entityVersions, removalVersions] = [new Set<number>(), new Set<number>(), new Set<number>()]

  function demand(good: boolean, path: string, mistake: string): void {
    if (!good) throw new InvalidDocument(`${path} ${mistake}`)
  }
  function demandNew(taken: Set<number>, number: number, path: string): void {
    demand(number <= version, path, 'is later than the version of the document')
    demand(!taken.has(number), path, 'is there twice')
    taken.add(number)
  }
  function identityAt(position: number, path: string): Identity {
    const identity = identities.get(position)
    if (identity === undefined) throw new InvalidDocument(`${path} is the position of no entity`)
    return identity
  }

  demand(knownSince <= version, 'knownSince', 'is later than the version of the document')
  for (const [at, { path, entities }] of collections.entries()) {
    for (const [place, { position, version, ...entity }] of entities.entries()) {
      const member = `collections.${at}.entities.${place}`
      demandNew(positions, position, `${member}.position`)
      demandNew(entityVersions, version, `${member}.version`)
      demand(position <= version, `${member}.position`, 'is later than its version')
      demand(rows.get({ collection: path, key: entity.key }) === undefined, `${member}.key`, 'is there twice')
      const row = rows.add(path, entity, position, version)
      identities.set(position, row.identity)
      index.replace(undefined, row)
    }
  }
  for (const [at, { path }] of collections.entries()) {
    const parent = parentOf(path)
    if (parent === undefined) continue
    demand(
      rows.get(parent.ref) !== undefined,
      `collections.${at}.path`,
      `is below ${pathOf(parent.ref)}, which is not there`
    )
  }
  for (const [at, { from, name, to, position }] of links.entries()) {
    const [source, target] = [identityAt(from, `links.${at}.from`), identityAt(to, `links.${at}.to`)]
    demandNew(positions, position, `links.${at}.position`)
    demand(ownLinks.get(source, name, target) === undefined, `links.${at}`, 'is there twice')
    ownLinks.add(source, name, target, position)
  }
  removals.forget(knownSince)
  for (const [list, removed] of Object.entries({ deleted, unlinked })) {
    for (const [at, removal] of removed.entries()) {
      const member = `${list}.${at}`
      demandNew(removalVersions, removal.version, `${member}.version`)
      demand(removal.version > knownSince, `${member}.version`, 'is not later than knownSince')
      demand(removal.position < removal.version, `${member}.position`, 'is not earlier than its version')
      removals.add(removal)
    }
  }
  return { version, rows, links: ownLinks, index, removals }
}

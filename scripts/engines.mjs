import { subset } from 'semver'

/**
 * Who installs msgraph-mock sees its own `engines` only: what is bundled must run wherever that says.
 *
 * @param own range of Node versions, such as `>=20.10`
 * @throws Error naming every bundled package that does not run on all of them
 */
export function demandEngines(packages, own) {
  const unfit = packages.filter(
    ({ manifest: { engines } }) => engines?.node !== undefined && !subset(own, engines.node)
  )
  if (unfit.length === 0) return
  const lines = unfit.map(({ manifest: { name, version, engines } }) => `  ${name} ${version} wants ${engines.node}`)
  throw new Error(
    `Bundled packages must run on Node ${own} (engines of package.json):\n${lines.join('\n')}\nPin an older version under "overrides" of package.json, or do without.`
  )
}

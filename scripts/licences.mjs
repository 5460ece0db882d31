import { readdir, readFile, writeFile } from 'node:fs/promises'

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/** Writes the licence of every package of which a file is in the bundle, as their licences ask. */
export async function writeLicences(inputs, file) {
  const folders = new Set(inputs.flatMap((input) => PACKAGE.exec(input) ?? []))
  const texts = await Promise.all([...folders].sort().map(licenceOf))
  await writeFile(file, texts.join(`\n${'-'.repeat(80)}\n\n`))
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  const files = (await readdir(folder)).filter((entry) => /^(licen[cs]e|copying|notice)/i.test(entry))
  const texts = await Promise.all(files.map((entry) => readFile(`${folder}/${entry}`, 'utf8')))
  return `${name} ${version} (${license})\n\n${texts.join('\n')}`
}

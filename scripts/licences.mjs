import { readdir, readFile, writeFile } from 'node:fs/promises'

const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/

/** Writes the licence of every package of which a file is in the bundle, as their licences ask, and notices of other things. */
export async function writeLicences(inputs, notices, file) {
  const folders = new Set(inputs.flatMap((input) => PACKAGE.exec(input) ?? []))
  const licences = [...folders].sort().map(licenceOf)
  const texts = await Promise.all([...licences, ...notices.map((notice) => readFile(notice, 'utf8'))])
  await writeFile(file, texts.join(`\n${'-'.repeat(80)}\n\n`))
}

async function licenceOf(folder) {
  const {
    name,
    version,
    license = 'no licence named in its package.json'
  } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  const files = (await readdir(folder)).filter((entry) => /^(licen[cs]e|copying|notice)/i.test(entry))
  const texts = await Promise.all(files.map((entry) => readFile(`${folder}/${entry}`, 'utf8')))
  return `${name} ${version} (${license})\n\n${texts.join('\n')}`
}

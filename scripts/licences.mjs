import { readdir, readFile, writeFile } from 'node:fs/promises'

/** Writes the licence of every given package, as their licences ask, and notices of other things. */
export async function writeLicences(packages, notices, file) {
  const texts = await Promise.all([...packages.map(licenceOf), ...notices.map((notice) => readFile(notice, 'utf8'))])
  await writeFile(file, texts.join(`\n${'-'.repeat(80)}\n\n`))
}

async function licenceOf({ folder, manifest: { name, version, license = 'no licence named in its package.json' } }) {
  const files = (await readdir(folder)).filter((entry) => /^(licen[cs]e|copying|notice)/i.test(entry))
  const texts = await Promise.all(files.map((entry) => readFile(`${folder}/${entry}`, 'utf8')))
  return `${name} ${version} (${license})\n\n${texts.join('\n')}`
}

import { createHash } from 'node:crypto'
import { type Db, retrying } from '#platform/db.ts'
import { filesOf, type Package, packagesOf, sealed } from '#services'
import { type Catalogue, type Offered, validDays } from '../domain/catalogue.ts'
import { digestOf, type Signed, secretOf, signedBy } from '../domain/signed.ts'
import { filesOfReleases, saveFile } from '../store/file.ts'
import { listOffers } from '../store/offer.ts'
import { holdSelf, type Self, saveEdition, selfOf } from '../store/self.ts'

const day = 86_400_000

/**
 * The signed catalogue as it is now. A new edition gets the next number when something in it changed, or when half of the
 * time of the last one is over.
 */
export async function currentCatalogue(db: Db, now: Date): Promise<Signed> {
  const self = await selfOf(db, now)
  const packages = await offeredNow(db, self, now)
  const digest = digestOf({ name: self.name, address: self.address, packages })
  const holds = ({ catalogue, digest: last, issued }: Self) =>
    catalogue && last?.equals(digest) && issued && now.getTime() - issued.getTime() < (validDays / 2) * day
      ? catalogue
      : undefined
  return (
    holds(self) ??
    retrying(db, async (tx) => {
      const held = await holdSelf(tx, now)
      const signedMeanwhile = holds(held)
      if (signedMeanwhile) return signedMeanwhile
      const { key, name, address } = held
      const content: Catalogue = {
        format: 'melayani.catalogue/1',
        installation: { name, address, key },
        sequence: held.sequence + 1,
        issued: now.toISOString(),
        until: new Date(now.getTime() + validDays * day).toISOString(),
        packages,
      }
      const catalogue = signedBy(held.secret, content)
      await saveEdition(tx, { sequence: content.sequence, digest, catalogue, issued: now })
      return catalogue
    })
  )
}

async function offeredNow(db: Db, self: Self, now: Date): Promise<Offered[]> {
  const offers = await listOffers(db)
  const releases = offers.map(({ release }) => release)
  const packages = await packagesOf(db, releases)
  const files = await filesOfReleases(db, releases)
  const out: Offered[] = []
  for (const { release, agencyName } of offers) {
    const hash = release.toString('hex')
    const pkg = packages.get(hash)!
    const file = files.get(hash) ?? (await sealNow(db, self, pkg, release, now))
    const { id, version, names, summary, licence, languages, origin } = pkg.manifest
    const { innovation, agency, region, year } = origin
    out.push({
      id,
      version,
      names,
      summary,
      licence,
      languages,
      origin: { innovation, agency, ...(region && { region }), ...(year && { year }) },
      agency: agencyName,
      hash,
      file: { path: `/exchange/packages/${file.sha256}.melayani`, ...file },
      publisher: { name: self.name, key: self.key },
    })
  }
  return out
}

/** Our seal on a release. The same release gives the same bytes, so two who seal it at once make one file. */
async function sealNow(db: Db, { name, secret }: Self, pkg: Package, release: Buffer, at: Date) {
  const { id, version } = pkg.manifest
  const bytes = Buffer.from(sealed(filesOf(pkg), { id, version, publisher: name }, secretOf(secret)))
  const sha256 = createHash('sha256').update(bytes).digest()
  await saveFile(db, { sha256, bytes, release, at })
  return { sha256: sha256.toString('hex'), size: bytes.length }
}

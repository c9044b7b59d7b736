import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { startEmbedded } from '#platform/embedded.ts'
import { findChromium } from './chromium.ts'

/**
 * `npm run screenshots`: the demo's main pages at 360 and 1280 px, light and dark, in Indonesian and English, as PNGs in
 * ./screenshots, to be looked at. `npm run screenshots -- gallery` takes those whose name contains the word, `-- voting` those of
 * the manual of a voting day (see voting-screenshots.ts).
 */
type Role = 'public' | 'national' | 'local-admin' | 'unit' | 'evaluator' | 'panel'
/**
 * Either an address, or the first link on another page that looks like this: ids differ from demo to demo. With `last`
 * the last such link, which among rounds is the one that was played to its end.
 */
type Shot = { name: string; as: Role; at: string; link?: RegExp; links?: RegExp[]; last?: true }

const id = '[0-9a-f-]{36}'
const shots: readonly Shot[] = [
  { name: 'front', as: 'public', at: '/' },
  { name: 'login', as: 'public', at: '/masuk' },
  { name: 'about', as: 'public', at: '/tentang' },
  { name: 'not-found', as: 'public', at: '/tidak-ada' },
  { name: 'gallery', as: 'public', at: '/gallery' },
  { name: 'gallery-search', as: 'public', at: '/gallery?q=kesehatan' },
  { name: 'gallery-nothing', as: 'public', at: '/gallery?q=zzzzzz' },
  { name: 'innovation', as: 'public', at: '/gallery', link: /^\/gallery\/[A-Z0-9][A-Za-z0-9-]+$/ },
  { name: 'rounds', as: 'public', at: '/competition' },
  { name: 'round', as: 'public', at: '/competition', link: new RegExp(`^/competition/rounds/${id}$`) },
  {
    name: 'results',
    as: 'public',
    at: '/judging/announcements',
    link: /\/results$/,
  },
  { name: 'account', as: 'unit', at: '/akun' },
  { name: 'second-factor', as: 'national', at: '/akun/faktor' },
  { name: 'agencies', as: 'national', at: '/people/agencies' },
  { name: 'agency', as: 'national', at: '/people/agencies', link: new RegExp(`^/people/agencies/${id}$`) },
  { name: 'import-agencies', as: 'national', at: '/people/agencies/import' },
  { name: 'team', as: 'national', at: '/people/team' },
  { name: 'own-agency', as: 'local-admin', at: '/people' },
  { name: 'proposals', as: 'unit', at: '/competition/proposals' },
  { name: 'proposal', as: 'unit', at: '/competition/proposals', link: new RegExp(`^/competition/proposals/${id}$`) },
  {
    name: 'write',
    as: 'unit',
    at: '/competition/proposals',
    links: [new RegExp(`^/competition/proposals/${id}$`), /\/write\/group$/],
  },
  {
    name: 'preview',
    as: 'unit',
    at: '/competition/proposals',
    links: [new RegExp(`^/competition/proposals/${id}$`), /\/preview$/],
  },
  { name: 'inbox', as: 'local-admin', at: '/competition/inbox' },
  {
    name: 'inbox-proposal',
    as: 'local-admin',
    at: '/competition/inbox',
    link: new RegExp(`^/competition/proposals/${id}$`),
  },
  { name: 'round-national', as: 'national', at: '/competition', link: new RegExp(`^/competition/rounds/${id}$`) },
  {
    name: 'admission',
    as: 'national',
    at: '/competition',
    links: [new RegExp(`^/competition/rounds/${id}$`), /\/admission$/],
    last: true,
  },
  { name: 'register', as: 'national', at: '/competition/register' },
  { name: 'judging', as: 'national', at: '/judging' },
  { name: 'judging-round', as: 'national', at: '/judging', link: new RegExp(`^/judging/rounds/${id}$`), last: true },
  {
    name: 'evaluators',
    as: 'national',
    at: '/judging',
    links: [new RegExp(`^/judging/rounds/${id}$`), /\/evaluators$/],
    last: true,
  },
  {
    name: 'ranking',
    as: 'national',
    at: '/judging',
    links: [new RegExp(`^/judging/rounds/${id}$`), /\/ranking$/],
    last: true,
  },
  { name: 'nominees', as: 'panel', at: '/judging', links: [/\/panel$/, /\/nominees$/], last: true },
  { name: 'reading', as: 'evaluator', at: '/judging' },
]

const wanted = process.argv.slice(2)
if (process.argv[2] === 'voting') {
  const { takeVotingScreenshots } = await import('./voting-screenshots.ts')
  await takeVotingScreenshots()
  process.exit(0)
}
const root = path.join(import.meta.dirname, '..')
const home = mkdtempSync(path.join(tmpdir(), 'melayani-shots-'))
chmodSync(home, 0o755)
process.env.CHROMIUM = findChromium()
const server = await startEmbedded(path.join(home, 'pg'), { durable: false })
const missing: string[] = []
let taken = 0
try {
  const { prepareTemplate } = await import('../test/template.ts')
  await prepareTemplate(server)
  process.env.TEST_SERVER = server.address('{database}')
  await take()
} finally {
  await server.stop()
  rmSync(home, { recursive: true, force: true })
}
console.log(`${taken} screenshots in ${path.relative(process.cwd(), path.join(root, 'screenshots'))}`)
for (const each of missing) console.log(`not taken: ${each}`)
process.exit(missing.length > 0 ? 1 : 0)

async function take() {
  const { aWorld } = await import('../test/world.ts')
  const { aStage, isTooWide } = await import('../e2e/browser.ts')
  const { seedDemo } = await import('../src/demo/seed.ts')
  const { banyuwangi, evaluators, panel, secretariat } = await import('../src/demo/cast.ts')
  const { app } = await import('../src/app.ts')
  const world = await aWorld(new Date())
  const house = { db: world.db, clock: world.clock, files: world.files, demo: true }
  await seedDemo(house, world.address, (line) => console.log(line))
  const stage = await aStage({ ...world, web: app(house) })
  const emails: Record<Role, string | undefined> = {
    public: undefined,
    national: secretariat[0]!.email,
    'local-admin': banyuwangi.admin.email,
    unit: banyuwangi.unit.email,
    evaluator: evaluators[0]!.email,
    panel: panel[0]!.email,
  }
  mkdirSync(path.join(root, 'screenshots'), { recursive: true })
  for (const role of Object.keys(emails) as Role[]) {
    const chosen = shots.filter(
      ({ as, name }) => as === role && (wanted.length === 0 || wanted.some((word) => name.includes(word))),
    )
    if (chosen.length === 0) continue
    const email = emails[role]
    const person = email
      ? (await world.db.selectFrom('people.person').select('id').where('email', '=', email).executeTakeFirstOrThrow())
          .id
      : undefined
    for (const lang of ['id', 'en'] as const)
      for (const width of [360, 1280])
        for (const dark of [false, true]) {
          const page = await stage.pageFor(person, { lang, width, dark })
          for (const shot of chosen) {
            const file = `${shot.name}-${width}-${dark ? 'dark' : 'light'}-${lang}.png`
            const problem = await follow(page, shot)
            if (problem) {
              missing.push(`${file}: ${problem}`)
              continue
            }
            if (await isTooWide(page)) missing.push(`${file}: taken, but it scrolls sideways`)
            await page.screenshot({
              path: path.join(root, 'screenshots', file),
              fullPage: true,
              animations: 'disabled',
            })
            taken++
          }
          await page.context().close()
        }
  }
  await stage.close()
}

/** Go to the address, then through the links; what went wrong, if anything. */
async function follow(
  page: Page,
  { name, at, last, link, links = link ? [link] : [] }: Shot,
): Promise<string | undefined> {
  let answer = await page.goto(at)
  for (const pattern of links) {
    const hrefs = await page.locator('main a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
    const like = (href: string) => pattern.test(href)
    const next = last ? hrefs.findLast(like) : hrefs.find(like)
    if (!next) return `no link like ${pattern} on ${new URL(page.url()).pathname}`
    answer = await page.goto(next)
  }
  const expected = name === 'not-found' ? 404 : 200
  return answer?.status() === expected ? undefined : `${new URL(page.url()).pathname} answers ${answer?.status()}`
}

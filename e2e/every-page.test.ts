import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { app } from '../src/app.ts'
import { playOtherStages } from '../test/other-stages.ts'
import { playExchange } from '../test/running-exchange.ts'
import { playReplication } from '../test/running-replication.ts'
import { playServices } from '../test/running-services.ts'
import { playDeliberating, playPreparing, playSealing } from '../test/running-voting.ts'
import { playAudit } from '../test/running-voting-audit.ts'
import { playVotingResults } from '../test/running-voting-results.ts'
import { type Moment, playWholeRound } from '../test/whole-round.ts'
import type { World } from '../test/world.ts'
import { bothLanguages, textsOf } from './languages.ts'
import { aLook } from './look.ts'
import { aWalk, type Seen } from './walk.ts'

/** Addresses that answer with something else than a page, or with none in this walk, and why. */
const notPages: Record<string, string> = {
  '/assets/:file': 'styles, scripts and the typeface',
  '/favicon.ico': 'leads on to the icon, for browsers that ask by that name',
  '/sehat': 'a word for the machine that watches the server',
  '/bahasa/:lang{id|en}': 'changes the language and leads back',
  '/gallery/suggest': 'what the search offers while one types, as data',
  '/.well-known/melayani': 'the signed catalogue, for other installations',
  '/exchange/packages/:file{[0-9a-f]+\\.melayani}': 'a sealed package, as a file',
  '/services/:service/receipt': 'shown once, to who has just reported: in the story of the room',
  '/services/:service/followed': 'shown to who has typed number and code: in the story of the room',
  '/services/:service/followed/moves/:move': 'likewise',
  '/services/api/v1/package': 'for programs, as data: in the tests of the API',
  '/services/api/v1/cases': 'likewise',
  '/services/api/v1/cases/:case': 'likewise',
  '/services/field/worker.js': 'the script by which a phone keeps the field app',
  '/services/field/app.webmanifest': 'what a phone asks in order to install the field app',
  '/services/field/book': 'forms and cases for a phone, as data: in the story of reports from the field',
  '/services/cases/:case/media/:hash': 'photographs, sound and signatures of a case: in their own test',
  '/voting/elections/:election/roll/invitations/claim':
    'leads from the code on an invitation to its voter: in the story of invitations',
  '/voting/tps/:tps/sheets/:hash': 'a signed result, as data: in the story of results',
  '/voting/tps/:tps/files/:sha256': 'an archive, a record or a photograph: in the story of records',
  '/voting/elections/:election/packages/names/:number{[0-9]{1,3}}':
    'the name of a candidate, spoken: in the story of sealing',
  '/people': 'leads on to the agencies or to the own agency',
}
const isFile = (route: string) =>
  /\.(?:csv|xlsx|json|pdf)\}?$|\/(?:photos|evidence|uploads|events|file)(?:\/|$)|^\/api\//.test(route)

const said = ({ route, address, role, moment, lang, status }: Seen, fault: string, how = '') =>
  `${route}: ${fault} (${address}, ${role}, ${moment}, ${lang}, ${status}${how})`

/** One line for a fault of a route, with the first place and how often it was met. */
function gathered(faults: readonly string[]): string[] {
  const plain = (fault: string) => fault.replace(/ \([^()]*\)$/, '').replace(/[0-9a-f-]{36}|\d+/g, '…')
  return [...Map.groupBy(faults, plain).values()].map((all) => `${all[0]}${all.length > 1 ? ` × ${all.length}` : ''}`)
}

/** Faults that can be read from the page's text. */
function faultsOf({ html, lang, status, route }: Seen, { strangers, isKey }: Languages): string[] {
  const faults: string[] = []
  if (!html.includes(`<html lang="${lang}"`)) faults.push(`html-lang: not marked as ${lang}`)
  const headings = html.match(/<h1[\s>]/g)?.length ?? 0
  if (headings !== 1) faults.push(`one-h1: ${headings}`)
  if (!/<title>[^<]{3,} · Melayani<\/title>/.test(html) && route !== '/') faults.push('title: none of its own')
  // Letters are shown as their readers get them.
  if (!route.startsWith('/people/outbox') && !route.endsWith('/phones'))
    for (const text of strangers(html, lang)) faults.push(`other-language: ${text.slice(0, 160)}`)
  for (const text of textsOf(html.slice(html.indexOf('<main')), undefined)) {
    if (isKey(text)) faults.push(`raw-key: ${text}`)
    if (/\bundefined\b|\[object Object\]|\bNaN\b|Invalid Date|\{\w+\}/.test(text))
      faults.push(`leak: ${text.slice(0, 160)}`)
    if (/\d{4},? \d\d[.:]\d\d(?:[.:]\d\d)?(?! WI|[\d.:])/.test(text))
      faults.push(`time-without-zone: ${text.slice(0, 80)}`)
  }
  if (status === 422 || status === 409) {
    if (!html.includes('role="alert"')) faults.push('error-summary: none')
  }
  return faults
}

type Languages = Awaited<ReturnType<typeof bothLanguages>>

describe('the house: every page, in both languages', () => {
  let look: Awaited<ReturnType<typeof aLook>>
  const worlds: World[] = []
  let walk: ReturnType<typeof aWalk>
  let languages: Languages
  let routes: string[]

  before(async () => {
    languages = await bothLanguages()
    const house = app({} as never)
    routes = [
      ...new Set(
        house.routes.filter(({ method, path }) => method === 'GET' && !path.includes('*')).map(({ path }) => path),
      ),
    ]
    walk = aWalk(routes, languages.isOurs)
    const visit = (moment: Moment) => walk.visit(moment)
    const t0 = Date.now()
    worlds.push(await playWholeRound(visit))
    worlds.push(...(await playOtherStages(visit)))
    worlds.push(await playServices(visit))
    worlds.push(await playReplication(visit))
    worlds.push(await playExchange(visit))
    worlds.push(await playVotingResults(visit))
    worlds.push(await playAudit(visit))
    worlds.push(await playPreparing(visit))
    worlds.push(await playSealing(visit))
    worlds.push(await playDeliberating(visit))
    look = await aLook((request) => worlds[0]!.web.fetch(request))
    if (process.env.SHOW) console.log(Date.now() - t0, 'ms', walk.pages.length, 'pages')
  })
  after(async () => {
    await look.close()
    for (const world of worlds) await world.drop()
  })

  it('is walked: each address that answers with a page is among those that were looked at', () => {
    const expected = routes.filter((route) => !(route in notPages) && !isFile(route))
    assert.deepEqual(
      expected.filter((route) => !walk.answered.has(route)),
      [],
      'pages that nobody saw',
    )
    assert.deepEqual(
      [...walk.answered].filter((route) => !expected.includes(route)),
      [],
      'pages that are named as files',
    )
  })

  it('would be seen with a fault: the checks find each that is planted in a sound page', {
    timeout: 60_000,
  }, async () => {
    const sound = walk.pages.find(({ route, lang, status }) => route === '/masuk' && lang === 'en' && status === 200)!
    const { html } = sound
    assert.deepEqual(faultsOf(sound, languages), [])
    assert.deepEqual(
      (await look.at(html, [360])).flatMap(({ faults }) => faults),
      [],
    )
    /** The rules that a page breaks with this in it. */
    const planted = async (into: string) => {
      const page = { ...sound, html: html.replace('</main>', `${into}</main>`) }
      const looked = (await look.at(page.html, [360])).flatMap(({ dark, faults }) =>
        faults.map((fault) => (dark ? `in the dark ${fault}` : fault)),
      )
      return [...new Set([...faultsOf(page, languages), ...looked].map((fault) => /^[\w -]+/.exec(fault)![0].trim()))]
    }
    const faults: [string, string[]][] = [
      ['<h1>Second</h1>', ['one-h1']],
      ['<p>Ada yang perlu diperbaiki</p>', ['other-language']],
      ['<p lang="id">Ada yang perlu diperbaiki</p>', []],
      ['<p>problemHead</p>', ['raw-key']],
      ['<p>{limit} words</p>', ['leak']],
      ['<p>1 May 2017, 09:00</p>', ['time-without-zone']],
      ['<p>1 May 2017, 09:00 WIB</p>', []],
      ['<input type="text">', ['label']],
      ['<details><summary>More</summary><input type="text"></details>', ['label']],
      ['<h4>Deep</h4>', ['heading-order']],
      ['<p id="a">One</p><p id="a">Two</p>', ['id-twice']],
      ['<svg aria-hidden="true"><a href="/"><text>x</text></a></svg>', ['aria-hidden-focus']],
      ['<p style="color: light-dark(#aaa, #fff)">Pale</p>', ['color-contrast']],
      ['<p style="color: light-dark(#000, #555)">Pale at night</p>', ['in the dark color-contrast']],
      ['<div style="width: 400px">Wide</div>', ['wider than the window by 56 px']],
      ['<div class="scroll" tabindex="0"><div style="width: 400px">Wide</div></div>', []],
    ]
    for (const [into, rules] of faults) assert.deepEqual(await planted(into), rules, into)
  })

  it('says what it says in one language, and no link leads to nowhere', () => {
    const wrong = walk.pages.flatMap((seen) => faultsOf(seen, languages).map((fault) => said(seen, fault)))
    assert.deepEqual(gathered([...walk.faults, ...wrong]), [])
  })

  it('passes axe, light and dark, and never scrolls sideways', { timeout: 900_000 }, async () => {
    const t0 = Date.now()
    const wrong: string[] = []
    // English has the same elements with other words: two pages of each route tell whether they fit, and axe has them in `test:long`.
    const taken = new Map<string, number>()
    const built = walk.pages.filter(({ built, lang, route, status }) => {
      const n = (taken.get(`${route} ${status} ${lang}`) ?? 0) + (built ? 1 : 0)
      taken.set(`${route} ${status} ${lang}`, n)
      return built && (lang === 'id' || n <= 2)
    })
    await Promise.all(
      built.map(async (seen) => {
        const [widths, fit] = seen.lang === 'id' ? [[360, 320, 1280], false] : [[1280, 320], !process.env.LONG]
        for (const { width, dark, faults } of await look.at(seen.html, widths, fit))
          for (const fault of faults) wrong.push(said(seen, fault, `, ${width} px, ${dark ? 'dark' : 'light'}`))
      }),
    )
    if (process.env.SHOW) console.log(Date.now() - t0, 'ms', built.length)
    assert.deepEqual(gathered(wrong), [])
  })
})

import type { Hono } from 'hono'
import type { Reader } from '../card/index.ts'
import { hashOf, type PackageFault, type ReadPackage, shortHash } from '../format/index.ts'
import type { Medium } from '../media/medium.ts'
import { deviceFingerprint } from '../net/index.ts'
import {
  Acts,
  Button,
  mountActs,
  Notice,
  openScreen,
  page,
  Screen,
  type ScreenEnv,
  type ScreenStatus,
  screenWords,
} from '../screen/index.ts'
import { chairAndOfficer } from './acts.ts'
import { type Identity, openSealed, type SealedIdentity } from './identity.ts'
import { Candidates } from './pages/opening.tsx'
import { stationWords } from './words/index.ts'

type Taken = Extract<ReadPackage, { ok: true }>

/** A screen with acts of officers, before there is a station. */
function screenBefore({ package: content, hash }: Taken, reader: Reader) {
  const { mode, tps, election } = content
  const status = (): ScreenStatus => ({ device: { as: 'station' }, package: { mode, tps, election, hash } })
  const app = openScreen(status)
  const acts = new Acts(() => content.officers)
  mountActs(app, acts, reader, status)
  return { status, app, acts }
}

/**
 * The first start: package, keys and software as numbers that people compare with the printed list, and two officers of the package
 * who say with their cards that they are the same. Nothing is written before. Resolves `taken` with the answer to show.
 */
export function firstApp(read: Taken, software: string, reader: Reader, taken: () => Promise<void>): Hono<ScreenEnv> {
  const { package: content, hash } = read
  const { status, app, acts } = screenBefore(read, reader)
  app.get('/', (c) => {
    const lang = c.get('lang')
    const words = stationWords(lang).first
    return c.html(
      page(
        <Screen lang={lang} path={c.get('path')} status={status()} title={words.title} lead={words.lead}>
          <dl class="facts">
            <dt>{screenWords(lang).package}</dt>
            <dd class="hash big-hash">{shortHash(hash)}</dd>
            <dt>{words.centre}</dt>
            <dd class="hash big-hash">{shortHash(hashOf(content.centre.key))}</dd>
            <dt>{words.committee}</dt>
            <dd class="hash big-hash">{shortHash(hashOf(content.committee.key))}</dd>
            <dt>{screenWords(lang).software}</dt>
            <dd class="hash big-hash">{shortHash(software)}</dd>
          </dl>
          <h2>{words.candidates}</h2>
          <Candidates lang={lang} content={content} />
          <Button action="/trust" label={words.agree} />
        </Screen>,
      ),
    )
  })
  app.post('/trust', (c) =>
    c.redirect(
      acts.begin({
        title: (lang) => stationWords(lang).first.trustTitle,
        detail: () => shortHash(hash),
        need: chairAndOfficer,
        back: '/',
        documents: () => [{ kind: 'package-trusted/1', text: hash }],
        run: async () => {
          await taken()
          return { to: '/' }
        },
      }),
      303,
    ),
  )
  return app
}

/**
 * A start from the stick alone, its disk gone or new: two officers' cards give the key of the station back. Resolves `taken` with the
 * station at work.
 */
export function sealedApp(
  read: Taken,
  sealed: SealedIdentity,
  media: readonly Medium[],
  reader: Reader,
  taken: (identity: Identity) => Promise<void>,
): Hono<ScreenEnv> {
  const { status, app, acts } = screenBefore(read, reader)
  app.get('/', (c) => {
    const lang = c.get('lang')
    const words = stationWords(lang).sealed
    return c.html(
      page(
        <Screen lang={lang} path={c.get('path')} status={status()} title={words.title} lead={words.lead}>
          <Button action="/unseal" label={words.agree} />
        </Screen>,
      ),
    )
  })
  app.post('/unseal', (c) => {
    const key = openSealed(media, sealed)
    return c.redirect(
      acts.begin({
        title: (lang) => stationWords(lang).sealed.actTitle,
        detail: () => shortHash(deviceFingerprint(sealed.key)),
        need: chairAndOfficer,
        back: '/',
        documents: () => [{ kind: 'station-unsealed/1', text: sealed.key }],
        use: (card) => (key.take(card) ? undefined : (lang) => stationWords(lang).sealed.noPart),
        run: async (agreed) => {
          const identity = key.identity(...agreed.map(({ signatures }) => signatures[0]!.key))
          if (!identity) return { refusal: (lang) => stationWords(lang).sealed.noPart }
          await taken(identity)
          return { to: '/' }
        },
      }),
      303,
    )
  })
  return app
}

/** A package that is refused: every fault by name and place, and nothing else can be done. */
export function refusedApp(faults: readonly PackageFault[]): Hono<ScreenEnv> {
  const status = (): ScreenStatus => ({ device: { as: 'station' } })
  const app = openScreen(status)
  app.get('/', (c) => {
    const words = stationWords(c.get('lang')).packageBad
    return c.html(
      page(
        <Screen lang={c.get('lang')} path={c.get('path')} status={status()} title={words.title} lead={words.lead}>
          <Notice kind="bad">
            <ul>
              {faults.map(({ rule, at }) => (
                <li key={`${rule} ${at}`}>
                  <code>{rule}</code>: {at}
                </li>
              ))}
            </ul>
          </Notice>
        </Screen>,
      ),
    )
  })
  return app
}

import { silentNames } from '../audio/index.ts'
import { type Act, type ElectionPackage, type Signature, shortHash } from '../format/index.ts'
import { deviceFingerprint } from '../net/index.ts'
import {
  type Acts,
  Button,
  type CardSlot,
  fill,
  type Lang,
  mountActs,
  Notice,
  openScreen,
  PaperTested,
  page,
  paperWords,
  Screen,
  type ScreenStatus,
  twoOfficers,
} from '../screen/index.ts'
import type { BoothDevice } from './device.ts'
import { officerWords } from './officer-words.ts'

/** How far a booth is: waiting to be admitted, or working. */
export type Standing =
  | { readonly at: 'joining'; readonly ownKey: string; readonly stationKey?: string; readonly trusted: boolean }
  | { readonly at: 'working'; readonly device: BoothDevice }

/** The pages for officers at a booth, on a port of their own: everything but the voter's session. */
export function officersApp(given: {
  package: ElectionPackage
  packageHash: string
  number: () => number | undefined
  reader: CardSlot
  acts: Acts
  standing: () => Standing
  trust: () => void
  /** How many settings of this computer leave a voter a way out (R40). */
  kiosk: number
  voterPage: () => string
}) {
  const { package: content, packageHash, reader, acts, standing } = given
  const status = (): ScreenStatus => {
    const now = standing()
    const number = given.number()
    const shown = now.at === 'working' ? now.device.status() : undefined
    return {
      device: { as: 'booth', ...(number === undefined ? {} : { number }) },
      package: { ...content, hash: packageHash },
      ...(shown
        ? {
            stage: shown.stage,
            media: shown.media.map(({ name, held }) => ({ name, state: held ? 'good' : 'lost' }) as const),
          }
        : {}),
    }
  }
  const silent = silentNames(content).join(', ')
  const app = openScreen(status)
  mountActs(app, acts, reader, status)

  app.get('/', (c) => {
    const now = standing()
    const lang = c.get('lang')
    const common = { lang, path: c.get('path'), status: status(), kiosk: given.kiosk, silent }
    return c.html(
      page(
        now.at === 'joining' ? (
          <Joining {...common} {...now} />
        ) : (
          <Working {...common} device={now.device} voterPage={given.voterPage()} failed={c.req.query('failed')} />
        ),
      ),
    )
  })
  app.post('/trust', (c) => {
    given.trust()
    return c.redirect('/', 303)
  })

  /** Two officers sign the next line of the booth's log, then it is done. */
  const agree = (
    path: string,
    title: (words: ReturnType<typeof officerWords>, lang: Lang) => string,
    detail: (words: ReturnType<typeof officerWords>) => string,
    what: (device: BoothDevice, id: string) => { act: Act | undefined; run: Run },
  ) =>
    app.post(path, (c) => {
      const now = standing()
      if (now.at !== 'working') return c.redirect('/', 303)
      const { device } = now
      const { act, run } = what(device, c.req.param('id') ?? '')
      if (!act) return c.redirect('/', 303)
      return c.redirect(
        acts.begin({
          title: (lang) => title(officerWords(lang), lang),
          detail: (lang) => detail(officerWords(lang)),
          need: twoOfficers,
          back: '/',
          documents: () => [{ kind: 'act/1', text: device.log.textOf(act) }],
          run: async (agreed) =>
            (await run(agreed.flatMap(({ signatures }) => signatures[0]!)))
              ? { to: '/' }
              : { refusal: (lang) => officerWords(lang).gone },
        }),
        303,
      )
    })
  type Run = (by: readonly Signature[]) => Promise<boolean> | boolean
  /** For the session that is in the booth when the officers begin: it may end, and the next voter come, before the second signs. */
  const ofNow = (device: BoothDevice, run: (id: string, by: readonly Signature[]) => ReturnType<Run>): Run => {
    const id = device.keeper.standing().current?.id ?? ''
    return (by) => run(id, by)
  }
  agree(
    '/reprint',
    (words) => words.reprint,
    (words) => words.reprintDetail,
    (device) => {
      const act = device.keeper.reprintAct()
      return { act, run: ofNow(device, (id, by) => act !== undefined && device.agreeReprint(id, act, by)) }
    },
  )
  agree(
    '/end',
    (words) => words.endSession,
    (words) => words.endDetail,
    (device) => ({ act: device.keeper.voidAct(), run: ofNow(device, device.agreeVoid) }),
  )
  for (const as of ['cast', 'void'] as const)
    agree(
      `/resolve/:id/${as}`,
      (words) => (as === 'cast' ? words.resolveCast : words.resolveVoid),
      (words) => words.resolveHint,
      (device, id) => ({ act: device.keeper.resolveAct(as), run: (by) => device.resolve(id, as, by) }),
    )
  for (const on of [true, false])
    agree(
      on ? '/start' : '/stop',
      (words) => (on ? words.start : words.stop),
      () => '',
      (device) => ({ act: device.keeper.switchAct(on), run: (by) => device.switched(on, by) }),
    )
  app.post('/paper', async (c) => {
    const now = standing()
    if (now.at === 'working') await now.device.testPaper()
    return c.redirect('/', 303)
  })
  for (const readable of [true, false])
    agree(
      readable ? '/paper/good' : '/paper/bad',
      (_, lang) => paperWords(lang)[readable ? 'good' : 'bad'],
      () => '',
      (device) => ({
        act: device.paperTest() === 'printed' ? device.keeper.paperAct(readable) : undefined,
        run: (by) => device.paperTested(readable, by),
      }),
    )
  app.post('/attach', (c) => {
    const now = standing()
    const fault = now.at === 'working' ? now.device.attach() : undefined
    return c.redirect(fault ? `/?failed=${encodeURIComponent(fault)}` : '/', 303)
  })
  return app
}

type Common = { lang: Lang; path: string; status: ScreenStatus; kiosk: number; silent: string }

/** What is not as it should be on this booth before anybody votes. */
function Lacking({ lang, kiosk, silent }: Common) {
  const words = officerWords(lang)
  return (
    <>
      {kiosk > 0 && (
        <Notice kind="care" title={words.kioskOpen}>
          <p>{fill(words.kioskHow, { n: kiosk })}</p>
        </Notice>
      )}
      {silent && (
        <Notice kind="care">
          <p>{fill(words.silent, { n: silent })}</p>
        </Notice>
      )}
    </>
  )
}

function Joining({ ownKey, stationKey, trusted, ...common }: Common & Extract<Standing, { at: 'joining' }>) {
  const words = officerWords(common.lang)
  return (
    <Screen {...common} title={words.joinTitle} lead={words.joinLead} refresh={3}>
      <Lacking {...common} />
      <dl>
        <dt>{words.ownPrint}</dt>
        <dd class="hash lead">{shortHash(deviceFingerprint(ownKey))}</dd>
        <dt>{words.stationPrint}</dt>
        <dd class="hash lead">{stationKey ? shortHash(deviceFingerprint(stationKey)) : words.stationAway}</dd>
      </dl>
      {stationKey && !trusted && <Button action="/trust" label={words.trust} />}
      {trusted && (
        <Notice kind="good">
          <p>{words.trusted}</p>
        </Notice>
      )}
    </Screen>
  )
}

function Working({
  device,
  voterPage,
  failed,
  ...common
}: Common & { device: BoothDevice; voterPage: string; failed: string | undefined }) {
  const words = officerWords(common.lang)
  const { standing, media, stage } = device.status()
  const { current, unresolved, stopped } = standing
  const lost = media.some(({ held }) => !held)
  const counts = device.box.counts()
  return (
    <Screen
      {...common}
      title={words.title}
      lead={words.lead}
      refresh={10}
      now={
        <>
          <h2>{words.booth}</h2>
          <p>{stopped ? words.stopped[stopped] : words.running}</p>
          {stopped === undefined && <Button action="/stop" label={words.stop} kind="grave" />}
          {stopped === 'officers' && <Button action="/start" label={words.start} />}
          <h2>{words.hub}</h2>
          <p>
            <span class={`state ${device.hub.reached() ? 'good' : 'care'}`}>
              {device.hub.reached() ? words.hubReached : words.hubAway}
            </span>
          </p>
          <p>
            <a class="button quiet" href={voterPage}>
              {words.voterPage}
            </a>
          </p>
        </>
      }
    >
      <Lacking {...common} />
      {device.failure() !== undefined && (
        <Notice kind="bad">
          <p>{words.failed}</p>
        </Notice>
      )}
      <PaperTested lang={common.lang} state={standing.paper} test={device.paperTest()} />
      <h2>{words.current}</h2>
      {!current && <p>{words.currentNone}</p>}
      {current && (
        <>
          <p>
            {current.help
              ? fill(words.currentHelp, { session: current.session, what: words[current.help.what] })
              : fill(words.currentGoes, { session: current.session })}
          </p>
          {current.help?.agreed && (
            <Notice kind="good">
              <p>{words.agreed}</p>
            </Notice>
          )}
          {current.help && !current.help.agreed && (
            <>
              <p class="soft">{words.reprintDetail}</p>
              {standing.paper === 'readable' && <Button action="/reprint" label={words.reprint} />}
            </>
          )}
          {current.over ? (
            <Notice kind="care">
              <p>{words.over[current.over]}</p>
            </Notice>
          ) : (
            <Button action="/end" label={words.endSession} kind="grave" />
          )}
        </>
      )}
      <h2>{words.sessions}</h2>
      {unresolved.length === 0 && <p>{words.none}</p>}
      {unresolved.map(({ id, session, state }) => (
        <section key={id}>
          <h3>{fill(words.session, { session })}</h3>
          <p>{state === 'open' ? words.openState : words.pendingState}</p>
          <p class="soft">{words.resolveHint}</p>
          {state === 'pending' && <Button action={`/resolve/${id}/cast`} label={words.resolveCast} />}
          <Button action={`/resolve/${id}/void`} label={words.resolveVoid} kind="grave" />
        </section>
      ))}
      {(lost || failed) && (
        <>
          <h2>{words.media}</h2>
          {failed && (
            <Notice kind="bad">
              <p>{fill(words.attachFailed, { why: failed })}</p>
            </Notice>
          )}
          {lost && <Button action="/attach" label={words.attach} />}
        </>
      )}
      <h2>{words.counts}</h2>
      {stage === 'closed' ? (
        <dl class="marks">
          {(['used', 'cast', 'void', 'spoiled', 'pending', 'slips'] as const).map((each) => (
            <div key={each}>
              <dt>{words[each]}</dt>
              <dd>{counts[each]}</dd>
            </div>
          ))}
          <div>
            <dt>{words.reprints}</dt>
            <dd>{device.box.counts().reprints}</dd>
          </div>
        </dl>
      ) : (
        <p class="soft">{words.smallCounts}</p>
      )}
    </Screen>
  )
}

import type { ElectionPackage } from '../format/index.ts'
import { choiceName } from '../print/index.ts'
import { Button, fill, type Lang, Notice } from '../screen/index.ts'
import { Ballot, Chosen, spokenText } from './ballot.tsx'
import { Frame, type FrameProps } from './frame.tsx'
import type { BoothStatus } from './link.ts'
import type { Settings } from './settings.ts'
import type { Choice, Voter } from './voter.ts'
import { boothWords } from './words.ts'

export type PageOf = {
  readonly lang: Lang
  readonly settings: Settings
  readonly status: BoothStatus
  readonly package: ElectionPackage
  readonly view: ReturnType<Voter['view']>
  /** Addresses of the spoken words for a page; none where there is no such voice. */
  readonly spoken: (page: string, picked?: Choice) => readonly string[]
}

/** The page of the session as it stands. Every form leads back here, so that no old page can do anything. */
export function SessionPage(of: PageOf) {
  const { view, lang, status } = of
  const words = boothWords(lang)
  const say = (button: string) => spokenText(of, button)
  const frame = (page: string, more: Partial<FrameProps> & { title: string }) => ({
    lang,
    settings: of.settings,
    status,
    kind: page,
    spoken: of.spoken(page, view.picked),
    ...more,
  })
  switch (view.state) {
    case 'waiting':
      return <Waiting {...of} />
    case 'choosing':
      return (
        <Frame {...frame('choosing', { title: words.choosing, step: 1 })}>
          <Ballot {...of} />
        </Frame>
      )
    case 'confirming':
      return (
        <Frame {...frame('confirming', { title: words.confirming, step: 2 })}>
          <Problem {...of} />
          <Chosen {...of} pick={view.picked!} />
          <form method="post" action="/confirm" class="two">
            <input type="hidden" name="pick" value={String(view.picked)} />
            <Big name="answer" value="no" kind="quiet" label={words.no} hint={words.noHint} speak={say('no')} />
            <Big name="answer" value="yes" kind="main" label={words.yes} hint={words.yesHint} speak={say('yes')} />
          </form>
        </Frame>
      )
    case 'deciding':
      return (
        <Frame {...frame('deciding', { title: words.deciding, step: 2 })}>
          <p class="code">
            <span>{words.trackingCode}</span> <strong>{grouped(view.trackingCode!)}</strong>
          </p>
          <form method="post" action="/decide" class="decide">
            <Big name="do" value="cast" kind="main" label={words.cast} hint={words.castHint} speak={say('cast')} />
            <button type="submit" name="do" value="test" class="quiet small" data-speak={say('test')}>
              {words.test} <span class="soft">{words.testHint}</span>
            </button>
          </form>
        </Frame>
      )
    case 'opened':
      return (
        <Frame
          {...frame('opened', {
            title: words.opened,
            lead: fill(words.openedLead, { choice: choiceName(of.package, view.picked!, lang) }),
          })}
        >
          {view.notice?.code === 'opening-paper' && (
            <Notice kind="care">
              <p>{words.openingPaper}</p>
            </Notice>
          )}
          <form method="post" action="/again">
            <Big kind="main" label={words.again} speak={say('again')} />
          </form>
        </Frame>
      )
    case 'checking':
      return (
        <Frame {...frame('checking', { title: words.checking, lead: words.checkingLead, step: 3 })}>
          <Chosen {...of} pick={view.picked!} />
          <div class={`hold wait-${Math.min(10, Math.ceil(view.wait / 1000))}`}>
            <p role="status">{view.wait > 0 && words.checkingWait}</p>
            <form method="post" action="/slip" class="two">
              <Big
                name="slip"
                value="wrong"
                kind="grave"
                label={words.wrong}
                hint={words.wrongHint}
                speak={say('wrong')}
              />
              <Big name="slip" value="good" kind="main" label={words.good} hint={words.goodHint} speak={say('good')} />
            </form>
          </div>
        </Frame>
      )
    case 'thanks':
      return (
        <Frame {...frame('thanks', { title: words.thanks, lead: words.thanksLead, refresh: 8, settingsLink: false })}>
          {null}
        </Frame>
      )
    case 'voided':
      return (
        <Frame
          {...frame('voided', {
            title: view.reported ? words.reported : words.voided,
            lead: words.voidedLead,
            refresh: 20,
            settingsLink: false,
          })}
        >
          {null}
        </Frame>
      )
    case 'receipt-help':
    case 'slip-help':
      return (
        <Frame
          {...frame('help', {
            title: words.helpTitle,
            lead: fill(view.state === 'slip-help' ? words.helpSlip : words.helpReceipt, {
              printer: words.printer[status.printer],
            }),
            refresh: 5,
            settingsLink: false,
          })}
        >
          <p>{words.helpLead}</p>
          <p>
            <a class="button quiet" href={status.officers}>
              {words.helpOfficers}
            </a>
          </p>
        </Frame>
      )
    case 'receipt-again':
    case 'slip-again':
      return (
        <Frame {...frame('left', { title: words.leftTitle, lead: words.leftLead, settingsLink: false })}>
          <form method="post" action="/left">
            <Big kind="main" label={words.left} speak={say('left')} />
          </form>
        </Frame>
      )
    default:
      return (
        <Frame
          {...frame('saving', {
            title: words.saving,
            lead: view.notice?.code === 'copies' ? words.copies : words.savingLead,
            refresh: 3,
            settingsLink: false,
          })}
        >
          {!view.busy && <Button action="/retry" label={words.retry} />}
        </Frame>
      )
  }
}

function Waiting(of: PageOf) {
  const { lang, status, view, settings } = of
  const words = boothWords(lang)
  const { standing, stage } = status
  const names = standing.unresolved.map(({ session, state }) => `${session} (${state})`).join(', ')
  const barred = standing.stopped
    ? { title: words.stopped, lead: words.stoppedLead }
    : standing.unresolved.length > 0
      ? { title: words.unresolved, lead: fill(words.unresolvedLead, { names }) }
      : stage !== 'open'
        ? { title: words.closed[stage], lead: words.closedLead }
        : standing.paper !== 'readable'
          ? { title: words.untested, lead: words.untestedLead }
          : undefined
  const common = { lang, settings, status, kind: 'waiting' }
  const officers = (
    <p class="officers">
      <a href={status.officers}>{words.officers}</a>
    </p>
  )
  if (barred)
    return (
      <Frame
        {...common}
        {...barred}
        spoken={of.spoken(saidOf(standing.stopped ? 'stopped' : names ? 'unresolved' : 'not-open'))}
        refresh={5}
      >
        {officers}
      </Frame>
    )
  const stamp = view.wants === 'stamp'
  return (
    <Frame
      {...common}
      title={stamp ? words.waitingStamp : words.waiting}
      lead={stamp ? words.waitingStampLead : words.waitingLead}
      spoken={of.spoken(view.notice ? saidOf(view.notice.code) : stamp ? 'stamp' : 'waiting')}
    >
      <Problem {...of} />
      <form method="post" action="/token" class="token">
        <label for="token">{stamp ? words.stamp : words.token}</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="off"
          autofocus
          maxlength={200}
          spellcheck={false}
        />
        <button type="submit" class="main">
          {words.open}
        </button>
      </form>
      {officers}
    </Frame>
  )
}

/** What is said of what went wrong; where there are no words of its own, that officers come. */
const saidOf = (code: NonNullable<PageOf['view']['notice']>['code']) =>
  code === 'mistyped'
    ? 'unreadable'
    : code === 'unreadable' || code === 'not-open' || code === 'stopped'
      ? code
      : 'help'

function Problem({ view, lang }: PageOf) {
  if (!view.notice) return null
  const words = boothWords(lang)
  return (
    <Notice kind="bad">
      <p>{fill(words.problem[view.notice.code], { tps: view.notice.tps ?? '' })}</p>
    </Notice>
  )
}

function Big({
  name,
  value,
  kind,
  label,
  hint,
  speak,
}: {
  name?: string
  value?: string
  kind: 'main' | 'quiet' | 'grave'
  label: string
  hint?: string
  speak?: string | undefined
}) {
  return (
    <button type="submit" data-speak={speak} {...(name ? { name, value: value ?? '' } : {})} class={`big ${kind}`}>
      <span class="label">{label}</span>
      {hint && <span class="hint">{hint}</span>}
    </button>
  )
}

const grouped = (code: string) => code.match(/.{1,5}/g)!.join(' ')

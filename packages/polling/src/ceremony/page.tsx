import type { FileCard } from '../card/index.ts'
import { hashOf, shortHash } from '../format/index.ts'
import {
  Button,
  Choices,
  ErrorSummary,
  fill,
  type Lang,
  Notice,
  Screen,
  type ScreenStatus,
  sayNumber,
  TextField,
} from '../screen/index.ts'
import type { Ceremony, Phase } from './ceremony.ts'
import { phases } from './ceremony.ts'
import type { Holder } from './people.ts'
import { type CeremonyWords, ceremonyWords } from './words.ts'

export type Problem = { readonly field: string; readonly sentence: string }

type PageProps = {
  readonly lang: Lang
  readonly status: ScreenStatus
  readonly ceremony: Ceremony
  readonly reader: {
    readonly state: 'empty' | 'card' | 'several' | 'unreadable'
    readonly card: FileCard | undefined
  }
  readonly sheets: (tps: string) => boolean
  readonly warnings: { readonly networks: readonly string[]; readonly disk: boolean; readonly folder: string }
  readonly problem: Problem | undefined
  readonly chosen: string | undefined
}

export function CeremonyPage(props: PageProps) {
  const { lang, status, ceremony, warnings, problem } = props
  const words = ceremonyWords(lang)
  const phase = ceremony.phase()
  return (
    <Screen
      lang={lang}
      path="/"
      status={status}
      title={words.title[phase]}
      lead={words.lead[phase]}
      now={<Progress words={words} ceremony={ceremony} lang={lang} />}
    >
      <ErrorSummary lang={lang} problems={problem ? { [problem.field]: problem.sentence } : {}} />
      {warnings.networks.length > 0 && phase !== 'done' && (
        <Notice kind="care">
          <p>{fill(words.network, { names: warnings.networks.join(', ') })}</p>
        </Notice>
      )}
      {warnings.disk && phase === 'pools' && (
        <Notice kind="care">
          <p>{fill(words.disk, { folder: warnings.folder })}</p>
        </Notice>
      )}
      {phase === 'cards' && <MakeCard {...props} words={words} />}
      {(phase === 'commit' || phase === 'reveal' || phase === 'take' || phase === 'sign') && (
        <Present {...props} words={words} phase={phase} />
      )}
      {phase === 'pools' && <Pools {...props} words={words} />}
      {phase === 'done' && (
        <>
          <Done words={words} ceremony={ceremony} />
          <h2>{words.title.sign}</h2>
          <Present {...props} words={words} phase="sign" />
        </>
      )}
    </Screen>
  )
}

/** After the program has ended its work. */
CeremonyPage.finished = (lang: Lang, status: ScreenStatus) => (
  <Screen lang={lang} path="/" status={status} title={ceremonyWords(lang).title.done}>
    <Notice kind="good">
      <p>{ceremonyWords(lang).finished}</p>
    </Notice>
  </Screen>
)

type Inner = PageProps & { words: CeremonyWords }

function ReaderLine({ words, reader }: Pick<Inner, 'words' | 'reader'>) {
  return (
    <p>
      {words.reader}:{' '}
      {reader.card ? (
        <span class="state good">{reader.card.name}</span>
      ) : (
        <span class="state care">{words.readers[reader.state]}</span>
      )}{' '}
      <a href="/">{words.look}</a>
    </p>
  )
}

const holds = (words: CeremonyWords, { single, shares, rollOf }: Holder): string =>
  [
    single ? words.holds.single : '',
    Object.keys(shares).length > 0 ? words.holds.share : '',
    rollOf ? words.holds.roll : '',
    words.holds.sign,
  ]
    .filter(Boolean)
    .join(', ')

function MakeCard({ words, ceremony, reader, problem, chosen }: Inner) {
  const open = ceremony.steps('cards').filter(({ done }) => !done)
  const of = (field: string) => (problem?.field === field ? problem.sentence : undefined)
  return (
    <>
      <ReaderLine words={words} reader={reader} />
      <form method="post" action="/card">
        <Choices
          name="who"
          label={words.who}
          value={chosen ?? open[0]?.holder.id}
          problem={of('who')}
          options={open.map(({ holder }) => ({ value: holder.id, label: holder.name, hint: holds(words, holder) }))}
        />
        <TextField
          name="pin"
          type="password"
          inputmode="numeric"
          label={words.pin}
          hint={words.pinHint}
          maxlength={12}
          problem={of('pin')}
        />
        <TextField
          name="again"
          type="password"
          inputmode="numeric"
          label={words.again}
          maxlength={12}
          problem={of('again')}
        />
        <button type="submit" class="main">
          {words.make}
        </button>
      </form>
    </>
  )
}

function Present({ words, ceremony, reader, problem, phase }: Inner & { phase: Phase }) {
  return (
    <>
      <ReaderLine words={words} reader={reader} />
      <form method="post" action="/present">
        <TextField
          name="pin"
          type="password"
          inputmode="numeric"
          label={words.cardPin}
          maxlength={12}
          autofocus
          problem={problem?.field === 'pin' ? problem.sentence : undefined}
        />
        <button type="submit" class="main">
          {words.go}
        </button>
      </form>
      <h2>{words.people}</h2>
      <ul class="plain">
        {ceremony.steps(phase).map(({ holder, done }) => (
          <li key={holder.id}>
            <span class={`state ${done ? 'good' : 'care'}`}>{done ? words.done : words.waiting}</span> {holder.name}
          </li>
        ))}
      </ul>
    </>
  )
}

function Pools({ lang, words, ceremony, sheets, problem }: Inner) {
  return (
    <>
      {ceremony.order.tps.map(({ id, number, pool }) => {
        const made = ceremony.state.pools[id]
        return (
          <section key={id} id={`tps-${number}`}>
            <h2>
              {fill(words.tps, { n: number })} · {fill(words.poolOf, { n: sayNumber(lang, pool) })}
            </h2>
            {!made && <Button action={`/pool/${id}/draw`} label={fill(words.draw, { n: number })} />}
            {made?.stage === 'counted' && <p class="state good">{words.sealed}</p>}
            {made?.stage === 'printed' && (
              <>
                <p>
                  {sheets(id) ? (
                    <a href={`/pool/${id}/sheets.pdf`} target="_blank" rel="noreferrer">
                      {words.sheets}
                    </a>
                  ) : (
                    words.sheetsGone
                  )}
                </p>
                <form method="post" action={`/pool/${id}/count`}>
                  <TextField
                    name="counted"
                    inputmode="numeric"
                    label={words.counted}
                    hint={words.countedHint}
                    maxlength={6}
                    problem={problem?.field === `counted-${id}` ? problem.sentence : undefined}
                  />
                  <button type="submit" class="main">
                    {words.seal}
                  </button>
                </form>
                <p class="hint">{words.redrawHint}</p>
                <Button action={`/pool/${id}/draw`} label={words.redraw} kind="grave" />
              </>
            )}
          </section>
        )
      })}
    </>
  )
}

function Done({ words, ceremony }: Pick<Inner, 'words' | 'ceremony'>) {
  const text = ceremony.answerText()
  return (
    <>
      <dl>
        <dt>{words.fileHash}</dt>
        <dd class="hash">{text ? shortHash(hashOf(text)) : '-'}</dd>
      </dl>
      <p>
        <a href="/report.pdf">{words.report}</a>
      </p>
      <Button action="/finish" label={words.finish} />
    </>
  )
}

function Progress({ lang, words, ceremony }: Pick<Inner, 'lang' | 'words' | 'ceremony'>) {
  const now = ceremony.phase()
  const counts = (phase: Phase): string => {
    const steps = ceremony.steps(phase)
    const all = phase === 'pools' ? ceremony.order.tps.length : steps.length
    const done =
      phase === 'pools'
        ? ceremony.order.tps.filter(({ id }) => ceremony.state.pools[id]?.stage === 'counted').length
        : steps.filter((each) => each.done).length
    return all === 0 ? '' : fill(words.progress, { done: sayNumber(lang, done), of: sayNumber(lang, all) })
  }
  return (
    <>
      <h2>{words.steps}</h2>
      <ol>
        {phases.map((phase) => (
          <li key={phase} aria-current={phase === now ? 'step' : undefined}>
            {phase === now ? <strong>{words.step[phase]}</strong> : words.step[phase]}{' '}
            <span class="soft">{counts(phase)}</span>
          </li>
        ))}
      </ol>
      <dl>
        <dt>{words.order}</dt>
        <dd class="hash">{shortHash(ceremony.orderHash)}</dd>
        <dd class="hint">{words.orderHint}</dd>
      </dl>
    </>
  )
}

import { type ElectionPackage, hashOf, type Signed, shortHash, type TpsResult } from '../../format/index.ts'
import {
  Button,
  ErrorSummary,
  fill,
  type Lang,
  Notice,
  type Problems,
  Screen,
  type ScreenStatus,
  sayNumber,
  TextArea,
  TextField,
} from '../../screen/index.ts'
import { stationWords } from '../words/index.ts'
import { namesOf } from './opening.tsx'

type Shared = { lang: Lang; path: string; status: ScreenStatus; refusal?: string | undefined }

/** Votes by candidate, as they will stand on every copy. */
export function VotesTable({
  lang,
  content,
  votes,
  blank,
}: {
  lang: Lang
  content: ElectionPackage
  votes: readonly number[]
  blank: number
}) {
  const words = stationWords(lang).result
  const total = votes.reduce((sum, each) => sum + each, blank)
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th class="number">No.</th>
            <th>{stationWords(lang).zero.candidate}</th>
            <th class="number">{words.votes}</th>
          </tr>
        </thead>
        <tbody>
          {content.candidates.map(({ number, name }, at) => (
            <tr key={number}>
              <td class="number">{number}</td>
              <td>{name}</td>
              <td class="number">{sayNumber(lang, votes[at] ?? 0)}</td>
            </tr>
          ))}
          <tr>
            <td />
            <td>{words.blank}</td>
            <td class="number">{sayNumber(lang, blank)}</td>
          </tr>
          <tr>
            <td />
            <th scope="row">{words.total}</th>
            <td class="number">
              <strong>{sayNumber(lang, total)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

/** Before the chair has signed: what was counted, and what the verifier says. */
export function ResultDraft({
  content,
  result,
  proofs,
  ballots,
  action,
  ...shared
}: Shared & {
  content: ElectionPackage
  result?: TpsResult | undefined
  proofs?: number
  ballots?: number
  /** Where the chair's signature begins. */
  action: string
}) {
  const { lang } = shared
  const words = stationWords(lang).result
  return (
    <Screen {...shared} title={words.title} lead={result ? undefined : words.countLead}>
      <ErrorSummary lang={lang} refusal={shared.refusal} />
      {!result && <Button action="/result/count" label={words.count} />}
      {result && (
        <>
          {result.source === 'tally' && (
            <Notice kind="good">
              <p>
                {fill(words.sound, { ballots: sayNumber(lang, ballots ?? 0), proofs: sayNumber(lang, proofs ?? 0) })}
              </p>
            </Notice>
          )}
          <VotesTable lang={lang} content={content} votes={result.votes} blank={result.blank} />
          <Facts lang={lang} result={result} />
          <Button action={action} label={words.sign} />
        </>
      )}
    </Screen>
  )
}

/** A difference as it is stored begins with the name of its law; people read the law itself. */
function sayDifference(lang: Lang, difference: string): string {
  const laws: Record<string, string> = stationWords(lang).sheet.laws
  const [law = '', ...note] = difference.split(': ')
  return laws[law] ? `${laws[law]}: ${note.join(': ')}` : difference
}

function Facts({ lang, result, hash }: { lang: Lang; result: TpsResult; hash?: string }) {
  const words = stationWords(lang).result
  return (
    <>
      <p>
        {fill(words.present, { n: sayNumber(lang, result.present), of: sayNumber(lang, result.roll) })} ·{' '}
        {words.source[result.source]} · {fill(words.version, { n: result.version })}
      </p>
      {result.reconciled ? (
        <p class="state good">{words.reconciled}</p>
      ) : (
        <Notice kind="care" title={words.differences}>
          <ul>
            {result.differences.map((each) => (
              <li key={each}>{sayDifference(lang, each)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <dl class="facts">
        {hash && (
          <>
            <dt>{words.hash}</dt>
            <dd class="hash big-hash">{shortHash(hash)}</dd>
          </>
        )}
        {result.archive && (
          <>
            <dt>{words.archive}</dt>
            <dd class="hash">{shortHash(result.archive)}</dd>
          </>
        )}
      </dl>
    </>
  )
}

/** The signed result: copies, plano, and, where slips were counted, the way to a new version. */
export function ResultPage({
  content,
  result,
  signed,
  printed,
  plano,
  planoProblem,
  ...shared
}: Shared & {
  content: ElectionPackage
  result: TpsResult
  signed: Signed
  printed: readonly string[]
  plano: boolean
  planoProblem?: string | undefined
}) {
  const { lang } = shared
  const words = stationWords(lang).result
  const { copies } = content.rules
  const left = copies.filter((each) => !printed.includes(each))
  const list = new Intl.ListFormat(lang)
  return (
    <Screen
      {...shared}
      title={words.title}
      now={
        <>
          <Button action="/result/witness" label={words.witness} kind="quiet" />
          <Button action="/result/print" label={fill(words.print, { n: sayNumber(lang, copies.length) })} />
          {printed.length > 0 && <p>{fill(words.printed, { names: list.format(printed) })}</p>}
          {left.length > 0 && <p>{fill(words.notPrinted, { names: list.format(left) })}</p>}
          {plano ? (
            <p class="state good">{words.planoDone}</p>
          ) : (
            <form method="post" action="/result/plano" enctype="multipart/form-data">
              <TextField
                name="plano"
                type="file"
                accept="image/jpeg"
                label={words.plano}
                hint={words.planoHint}
                problem={planoProblem}
              />
              <button type="submit" class="quiet">
                {words.planoSave}
              </button>
            </form>
          )}
          <p>
            <a class="button main" href="/hand-over">
              {stationWords(lang).steps['hand-over']}
            </a>
          </p>
          {result.source === 'slips' && (
            <p>
              <a href="/result/slips">{words.correct}</a>
            </p>
          )}
        </>
      }
    >
      <ErrorSummary lang={lang} refusal={shared.refusal} problems={planoProblem ? { plano: planoProblem } : {}} />
      <VotesTable lang={lang} content={content} votes={result.votes} blank={result.blank} />
      <Notice kind="good">
        <p>{fill(words.signedBy, { names: namesOf(lang, signed) })}</p>
      </Notice>
      <Facts lang={lang} result={result} hash={hashOf(signed.text)} />
    </Screen>
  )
}

/** Total loss of keys: two who count fill in on their own (R71). `again`: there is a result, which this count corrects. */
export function SlipsPage({
  content,
  again,
  reason,
  problems = {},
  ...shared
}: Shared & { content: ElectionPackage; again: boolean; reason?: string | undefined; problems?: Problems }) {
  const { lang } = shared
  const words = stationWords(lang).result
  const rows = [...content.candidates.map(({ number, name }) => ({ at: number, name })), { at: 0, name: words.blank }]
  return (
    <Screen
      {...shared}
      title={again ? words.correct : words.slipsTitle}
      lead={again ? words.correctLead : words.slipsLead}
    >
      <ErrorSummary lang={lang} refusal={shared.refusal} problems={problems} />
      <form method="post" action="/result/slips">
        {[1, 2].map((counter) => (
          <fieldset key={counter} class="field">
            <legend>{fill(words.counter, { n: counter })}</legend>
            {rows.map(({ at, name }) => (
              <TextField
                key={at}
                name={`count-${counter}-${at}`}
                inputmode="numeric"
                label={at === 0 ? name : `${at}. ${name}`}
                problem={problems[`count-${counter}-${at}`]}
              />
            ))}
          </fieldset>
        ))}
        {again && <TextArea name="reason" label={words.reason} rows={3} value={reason} problem={problems.reason} />}
        <button type="submit" class="main">
          {words.useSlips}
        </button>
      </form>
    </Screen>
  )
}

import { type ElectionPackage, type Signed, shortHash } from '../../format/index.ts'
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
  TextField,
} from '../../screen/index.ts'
import { stationWords } from '../words/index.ts'

/** Who signed, as it is read aloud. */
export const namesOf = (lang: Lang, signed: Signed): string =>
  new Intl.ListFormat(lang).format(
    signed.signatures.filter(({ role }) => role !== 'device').map(({ signer }) => signer),
  )

export function Candidates({ lang, content }: { lang: Lang; content: ElectionPackage }) {
  const words = stationWords(lang).zero
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th class="number">No.</th>
            <th>{words.candidate}</th>
            <th>{words.photo}</th>
          </tr>
        </thead>
        <tbody>
          {content.candidates.map((each) => (
            <tr key={each.number}>
              <td class="number">{each.number}</td>
              <td>{each.name}</td>
              <td class="hash">{each.photoHash ? shortHash(each.photoHash) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Zero({
  lang,
  path,
  status,
  content,
  votes,
  signed,
  tokens,
  problems = {},
  refusal,
}: {
  lang: Lang
  path: string
  status: ScreenStatus
  content: ElectionPackage
  /** Votes in all boxes. */
  votes: number
  signed?: Signed | undefined
  tokens?: string | undefined
  problems?: Problems
  refusal?: string | undefined
}) {
  const words = stationWords(lang).zero
  const { roll } = content
  return (
    <Screen lang={lang} path={path} status={status} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} problems={problems} refusal={refusal} />
      <Candidates lang={lang} content={content} />
      <dl class="facts">
        <dt>{words.roll}</dt>
        <dd>
          {fill(words.rollLine, {
            n: sayNumber(lang, roll.count),
            more: sayNumber(lang, roll.additional),
            hash: shortHash(roll.hash),
          })}
        </dd>
        <dt>{words.boxes}</dt>
        <dd class="number">{sayNumber(lang, votes)}</dd>
      </dl>
      {signed ? (
        <>
          <Notice kind="good">
            <p>{fill(words.signedBy, { names: namesOf(lang, signed) })}</p>
          </Notice>
          <Button action="/zero/witness" label={words.witness} kind="quiet" />
          <Button action="/zero/print" label={words.print} kind="quiet" />
          <Button action="/open" label={words.open} />
        </>
      ) : (
        <>
          <Button action="/zero/self-test" label={words.self} kind="quiet" />
          <p class="hint">{words.selfHint}</p>
          <form method="post" action="/zero">
            <TextField
              name="tokens"
              inputmode="numeric"
              label={words.tokens}
              hint={fill(words.tokensHint, { n: sayNumber(lang, content.pool.size) })}
              value={tokens}
              problem={problems.tokens}
            />
            <label class="choice">
              <input type="checkbox" name="paper" value="ya" />
              <span>{words.paper}</span>
            </label>
            <button type="submit" class="main">
              {words.sign}
            </button>
          </form>
        </>
      )}
    </Screen>
  )
}

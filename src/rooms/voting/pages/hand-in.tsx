import type { View } from '#platform/http.ts'
import { ErrorSummary, Form, Page, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { type Again, typedText } from './parts.tsx'

/** What came out of a polling place without a line: the codes of its sheet, or the files of its stick. */
export function HandInPage({ view, typed, problems = {}, refusal }: { view: View } & Again) {
  const w = words(view.lang)
  const labels = { codes: w.handInCodes, file: w.handInFile }
  const problem = (name: keyof typeof labels) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page view={view} title={w.handInTitle} lead={w.handInLead} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Form action="/voting/hand-in" upload={true}>
        <TextField
          name="file"
          type="file"
          accept=".json,.record"
          label={labels.file}
          hint={w.handInFileHint}
          problem={problem('file')}
        />
        <TextArea
          name="codes"
          label={labels.codes}
          hint={w.handInCodesHint}
          value={typedText(typed, 'codes')}
          problem={problem('codes')}
        />
        <div class="actions">
          <button type="submit">{w.handInSend}</button>
        </div>
      </Form>
    </Page>
  )
}

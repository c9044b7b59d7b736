import { Button, Notice, PaperTested, Screen } from '../../screen/index.ts'
import type { DeskService } from '../service.ts'
import { deskWords } from '../words/index.ts'
import { type Frame, styles } from './parts.tsx'

/** The desk's printer: a stamp for no voter in particular, and the test of its paper. */
export function PrinterPage({
  frame,
  service,
  said,
}: {
  frame: Frame
  service: DeskService
  said?: string | undefined
}) {
  const words = deskWords(frame.lang)
  return (
    <Screen {...frame} title={words.printerTitle} styles={styles()}>
      {said && (
        <Notice kind="plain">
          <p>{said}</p>
        </Notice>
      )}
      <h2>{words.stampHead}</h2>
      <p>{words.stampAgainHint}</p>
      <Button action="/stamp" label={words.stampAgain} kind="quiet" />
      <PaperTested lang={frame.lang} {...service.paper} />
      <p>
        <a class="button quiet" href="/">
          {words.cancel}
        </a>
      </p>
    </Screen>
  )
}

import { fill } from '#platform/text.ts'
import { gridOf } from '../domain/studio/cells.ts'
import type { Typed } from '../domain/studio/typed.ts'
import { words } from '../text/index.ts'
import type { One } from './ask.tsx'
import { one, RowButtons } from './ask-row.tsx'

/** A decision table: what is tested at the head, a row for each case, what it gives and why. */
export function DecisionTable({ ask, name, typed, lang, langs, problems }: One) {
  const w = words(lang)
  const grid = gridOf(typed, langs, name)
  const inputs = [...grid.inputs, '']
  const outputs = [...grid.outputs, '']
  const wrong = (at: string) => problems.find((problem) => problem.at === at || problem.at.startsWith(`${at}.`))?.says
  const cell = (field: string, label: string, value: string) => {
    const problem = wrong(field)
    const id = field.replaceAll('.', '-')
    return (
      <>
        <input id={id} name={field} value={value} aria-label={label} aria-invalid={problem ? 'true' : undefined} />
        {problem && <span class="problem small">{problem}</span>}
      </>
    )
  }
  const rows = [
    ...grid.rows,
    ...Array.from({ length: 2 }, () => ({ was: '', when: [] as string[], gives: [] as string[], says: {} as Typed })),
  ]
  return (
    <>
      {ask.hint && <p class="hint">{(w as Record<string, string>)[ask.hint]}</p>}
      <section class="scroll decision" tabindex={0} aria-label={w['a-table']}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">{w.part}</span>
              </th>
              {inputs.map((input, i) => (
                <th scope="col" key={i}>
                  {cell(`${name}.inputs.${i}`, fill(w.input, { n: i + 1 }), input)}
                </th>
              ))}
              {outputs.map((output, i) => (
                <th scope="col" class="gives" key={i}>
                  {cell(`${name}.outputs.${i}`, fill(w.output, { n: i + 1 }), output)}
                </th>
              ))}
              {langs.map((each) => (
                <th scope="col" key={each}>
                  {langs.length > 1 ? `${w.tableSays} (${each})` : w.tableSays}
                </th>
              ))}
              <th scope="col">
                <span class="unseen">{w.removeRow}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => {
              const what = fill(w.tableRow, { n: r + 1 })
              const last = grid.rows.length - 1
              return (
                <tr key={r}>
                  <th scope="row">
                    {r + 1}
                    <input type="hidden" name={`${name}.rows.${r}.was`} value={row.was} />
                  </th>
                  {inputs.map((_, i) => (
                    <td key={i}>
                      {cell(
                        `${name}.rows.${r}.when.${i}`,
                        `${what}, ${fill(w.input, { n: i + 1 })}`,
                        row.when[i] ?? '',
                      )}
                    </td>
                  ))}
                  {outputs.map((_, i) => (
                    <td class="gives" key={i}>
                      {cell(
                        `${name}.rows.${r}.gives.${i}`,
                        `${what}, ${fill(w.output, { n: i + 1 })}`,
                        row.gives[i] ?? '',
                      )}
                    </td>
                  ))}
                  {langs.map((each) => (
                    <td key={each}>
                      {cell(`${name}.rows.${r}.says.${each}`, `${what}, ${w.tableSays}`, one(row.says, each))}
                    </td>
                  ))}
                  <td>
                    {r <= last && <RowButtons list={`${name}.rows`} index={r} last={last} what={what} lang={lang} />}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </>
  )
}

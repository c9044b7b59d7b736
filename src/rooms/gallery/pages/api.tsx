import type { View } from '#platform/http.ts'
import { Page, Table } from '#platform/ui/index.ts'
import type { OpenApi, Operation } from '../domain/openapi.ts'
import { words } from '../text/index.ts'

type Shape = Record<string, unknown>

/** The API for people to read, drawn from the same description that programs read. */
export function ApiPage({ view, api }: { view: View; api: OpenApi }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.apiTitle} lead={w.apiLead}>
      <p>{w.apiPolite}</p>
      <ul>
        <li>
          <a href="/api/openapi.json">{w.apiDescription}</a>
        </li>
        <li>
          {w.apiFiles}: <a href="/gallery/export.csv">CSV</a> · <a href="/gallery/export.json">JSON</a>
        </li>
      </ul>
      {view.lang === 'id' && <p class="hint">{w.apiEnglish}</p>}
      <div lang="en">
        {Object.entries(api.paths).map(([path, { get }]) => (
          <Address key={path} view={view} path={path} operation={get} />
        ))}
        <h2>{w.apiShape}</h2>
        {Object.entries(api.components.schemas).map(([name, schema]) => (
          <section key={name}>
            <h3 id={name}>{name}</h3>
            {typeof schema.description === 'string' && <p>{schema.description}</p>}
            <Table
              caption={name}
              hideCaption
              rows={Object.entries((schema.properties ?? {}) as Record<string, Shape>)}
              columns={[
                { head: w.apiField, cell: ([field]) => <code>{field}</code>, main: true },
                { head: w.apiType, cell: ([, shape]) => typeOf(shape) },
                { head: w.apiMeaning, cell: ([, shape]) => String(shape.description ?? '') },
              ]}
            />
          </section>
        ))}
      </div>
    </Page>
  )
}

function Address({ view, path, operation }: { view: View; path: string; operation: Operation }) {
  const w = words(view.lang)
  const example = path.replace('{code}', 'MI-000001')
  return (
    <section>
      <h2>
        <code>GET {path}</code>
      </h2>
      <p>{operation.summary}</p>
      {operation.parameters.length > 0 && (
        <Table
          caption={`${w.apiParameters} · ${operation.operationId}`}
          rows={operation.parameters}
          columns={[
            { head: w.apiName, cell: (p) => <code>{p.name}</code>, main: true },
            { head: w.apiType, cell: (p) => typeOf(p.schema) },
            { head: w.apiMeaning, cell: (p) => p.description },
          ]}
        />
      )}
      <Table
        caption={`${w.apiAnswers} · ${operation.operationId}`}
        rows={Object.entries(operation.responses)}
        columns={[
          { head: w.apiName, cell: ([status]) => <code>{status}</code>, main: true },
          {
            head: w.apiMeaning,
            cell: ([, response]) => {
              const shape = response.content?.['application/json']?.schema
              return (
                <>
                  {response.description} {shape && typeOf(shape)}
                </>
              )
            },
          },
        ]}
      />
      <p>
        {w.apiExample}: <a href={example}>{example}</a>
      </p>
    </section>
  )
}

/** A schema in a few words: "string, null", "array of Award", with a link to what has a name. */
function typeOf(shape: Shape): preact.ComponentChildren {
  if (typeof shape.$ref === 'string') {
    const name = shape.$ref.split('/').at(-1)!
    return <a href={`#${name}`}>{name}</a>
  }
  if (Array.isArray(shape.anyOf))
    return (shape.anyOf as Shape[]).map((each, i) => (
      <>
        {i > 0 && ' · '}
        {typeOf(each)}
      </>
    ))
  if (Array.isArray(shape.enum)) return shape.enum.map((value) => <code key={String(value)}>{String(value)} </code>)
  if (shape.type === 'array') return <>array · {typeOf((shape.items ?? {}) as Shape)}</>
  if (shape.type === 'object' && shape.properties)
    return (
      <>
        {'{ '}
        {Object.entries(shape.properties as Record<string, Shape>).map(([name, each], i) => (
          <>
            {i > 0 && ', '}
            <code>{name}</code>: {typeOf(each)}
          </>
        ))}
        {' }'}
      </>
    )
  return [shape.type, shape.format].filter(Boolean).join(' · ')
}

import { z } from 'zod'
import {
  actSchema,
  casePageSchema,
  caseSchema,
  caseSummarySchema,
  listParameters,
  moveSchema,
  packageSchema,
  problemSchema,
} from './api.ts'

type JsonSchema = Record<string, unknown>

const named = {
  Case: caseSchema,
  CaseSummary: caseSummarySchema,
  CasePage: casePageSchema,
  Move: moveSchema,
  Package: packageSchema,
  Act: actSchema,
  Problem: problemSchema,
} as const

/** The schemas by name, each referring to the others by name. */
function schemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'output' }).schemas
  return Object.fromEntries(
    Object.entries(made).map(([id, schema]) => {
      const { $schema: _, $id: __, ...rest } = schema as JsonSchema
      return [id, rest]
    }),
  )
}

function parameters() {
  const made = z.toJSONSchema(listParameters, { io: 'input' }) as { properties: Record<string, JsonSchema> }
  return Object.entries(made.properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description: String(description ?? ''),
    schema: Object.keys(schema).length === 0 ? { type: 'integer' } : schema,
  }))
}

const json = (name: string, description: string, type = 'application/json') => ({
  description,
  content: { [type]: { schema: { $ref: `#/components/schemas/${name}` } } },
})
const etag = { ETag: { description: 'The revision of the case', schema: { type: 'string' } } }
const wrong = (description: string) => json('Problem', description, 'application/problem+json')
const common = {
  '401': wrong('No token, or one that holds no more'),
  '429': wrong('More than 120 requests in a minute'),
}
const caseId = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The case',
  schema: { type: 'string', format: 'uuid' },
}
const onceKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Names this act for ever: sent again with the same key it is not done again, and has the same answer. With another body it is refused (422, code key-reused)',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'Only while the case has this ETag',
  schema: { type: 'string' },
}
const body = { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Act' } } } }
const judged = {
  '400': wrong('No JSON, or no Idempotency-Key'),
  '403': wrong('Not for this role'),
  '404': wrong('There is no such case for this role'),
  '409': wrong('The move cannot be made now'),
  '422': wrong(
    'Answers that need to be corrected, field by field; or a key that was used with another body (code key-reused)',
  ),
}

/** The API of cases and moves as OpenAPI 3.1, from the schemas that its answers are made with. */
export function openApi(server: string) {
  return {
    openapi: '3.1.0' as const,
    info: {
      title: 'Melayani: cases',
      version: '1',
      description:
        'Cases of one service, for a program that works in one role of it. The local admin of the agency makes its token. It sees and does what people in that role see and do.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: server }],
    security: [{ token: [] }],
    paths: {
      '/services/api/v1/package': {
        get: {
          operationId: 'getPackage',
          summary: 'The service of this token: its role, forms, and how it opens a case',
          parameters: [],
          responses: { '200': json('Package', 'The package as new cases run by it'), ...common },
        },
      },
      '/services/api/v1/cases': {
        get: {
          operationId: 'listCases',
          summary: 'Cases that this role knows of, oldest first, page by page',
          parameters: parameters(),
          responses: {
            '200': json('CasePage', 'A page of cases'),
            '400': wrong('A parameter that cannot be read'),
            ...common,
          },
        },
        post: {
          operationId: 'openCase',
          summary: 'Open a case',
          parameters: [onceKey],
          requestBody: body,
          responses: { '201': { ...json('CaseSummary', 'Opened'), headers: etag }, ...judged, ...common },
        },
      },
      '/services/api/v1/cases/{id}': {
        get: {
          operationId: 'getCase',
          summary: 'One case, with what this role sees of it and can do',
          parameters: [caseId],
          responses: {
            '200': { ...json('Case', 'The case'), headers: etag },
            '304': { description: 'Unchanged since the ETag given in If-None-Match' },
            '404': wrong('There is no such case for this role'),
            ...common,
          },
        },
      },
      '/services/api/v1/cases/{id}/moves': {
        post: {
          operationId: 'moveCase',
          summary: 'Make a move',
          parameters: [caseId, onceKey, ifMatch],
          requestBody: body,
          responses: {
            '200': { ...json('CaseSummary', 'Done'), headers: etag },
            '412': wrong('The case has changed since'),
            ...judged,
            ...common,
          },
        },
      },
    },
    components: {
      schemas: schemas(),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  }
}

export type OpenApi = ReturnType<typeof openApi>

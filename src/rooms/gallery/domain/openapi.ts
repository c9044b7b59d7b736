import { z } from 'zod'
import {
  awardSchema,
  errorSchema,
  innovationPageSchema,
  innovationSchema,
  listParameters,
  roundListSchema,
  roundSchema,
} from './api.ts'

type JsonSchema = Record<string, unknown>
export type Parameter = {
  name: string
  in: 'query' | 'path'
  required: boolean
  description: string
  schema: JsonSchema
}
export type Operation = {
  operationId: string
  summary: string
  parameters: Parameter[]
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>
}
export type OpenApi = {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string; license: { name: string; url: string } }
  servers: { url: string }[]
  paths: Record<string, { get: Operation }>
  components: { schemas: Record<string, JsonSchema> }
}

const named = { Award: awardSchema, Innovation: innovationSchema, InnovationPage: innovationPageSchema } as const
const others = { Round: roundSchema, RoundList: roundListSchema, Error: errorSchema } as const

/** The schemas by name, each referring to the others by name. */
function schemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries({ ...named, ...others })) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'output' }).schemas
  return Object.fromEntries(
    Object.entries(made).map(([id, schema]) => {
      const { $schema: _, $id: __, ...rest } = schema as JsonSchema
      return [id, rest]
    }),
  )
}

function parameters(): Parameter[] {
  const made = z.toJSONSchema(listParameters, { io: 'input' }) as { properties: Record<string, JsonSchema> }
  return Object.entries(made.properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description: String(description ?? ''),
    schema: Object.keys(schema).length === 0 ? { type: 'integer' } : schema,
  }))
}

const answer = (name: string, description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
})
const unchanged = { description: 'Unchanged since the ETag given in If-None-Match' }

/** The API described as OpenAPI 3.1, from the schemas that its answers are made with. */
export function openApi(server: string): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Melayani',
      version: '1',
      description:
        'Public-service innovations of Indonesia with their sources, and the rounds of the competition. Read only, no key, CORS open. Send If-None-Match with the ETag of an earlier answer to save bandwidth.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: server }],
    paths: {
      '/api/v1/innovations': {
        get: {
          operationId: 'listInnovations',
          summary: 'Innovations by code, page by page',
          parameters: parameters(),
          responses: {
            '200': answer('InnovationPage', 'A page of innovations'),
            '304': unchanged,
            '400': answer('Error', 'A parameter that cannot be read'),
          },
        },
      },
      '/api/v1/innovations/{code}': {
        get: {
          operationId: 'getInnovation',
          summary: 'One innovation by its register code',
          parameters: [
            {
              name: 'code',
              in: 'path',
              required: true,
              description: 'Register code, such as MI-000012',
              schema: { type: 'string', pattern: '^MI-\\d{6}$' },
            },
          ],
          responses: {
            '200': answer('Innovation', 'The innovation'),
            '304': unchanged,
            '404': answer('Error', 'No innovation has this code'),
          },
        },
      },
      '/api/v1/rounds': {
        get: {
          operationId: 'listRounds',
          summary: 'Published rounds of the competition, newest first',
          parameters: [],
          responses: { '200': answer('RoundList', 'The rounds'), '304': unchanged },
        },
      },
    },
    components: { schemas: schemas() },
  }
}

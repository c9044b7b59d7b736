import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'

export const receipts = new Hono<Env>()

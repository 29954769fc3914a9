/** What the gateway says for each of its codes. The English text is the error's `message`, the Chinese `extensions.messageZh`. */
export const messages = {
  BAD_REQUEST: { en: 'The request is not a GraphQL request.', zh: '请求格式不正确，无法识别为 GraphQL 请求。' },
  BAD_USER_INPUT: { en: 'A value in the request is not acceptable.', zh: '请求中的某个值不符合要求。' },
  BATCHING_DISABLED: { en: 'Send one operation per request.', zh: '每次请求只能包含一个操作。' },
  BODY_INVALID: { en: 'The body is not valid JSON.', zh: '请求体不是有效的 JSON。' },
  BODY_TOO_LARGE: { en: 'The request body is too large.', zh: '请求体过大。' },
  CONFLICT: { en: 'Someone else changed this first. Read it again.', zh: '数据已被他人修改，请重新读取。' },
  CURSOR_INVALID: { en: 'The cursor is not one this list gave out.', zh: '分页游标无效。' },
  DATABASE_UNAVAILABLE: {
    en: 'The data cannot be reached at the moment. Ask again.',
    zh: '暂时无法访问数据，请稍后重试。',
  },
  FORBIDDEN: { en: 'You may not do this.', zh: '您没有执行此操作的权限。' },
  GATEWAY_CLOSING: { en: 'The server is shutting down. Ask again.', zh: '服务正在停止，请稍后重试。' },
  GRAPHQL_PARSE_FAILED: { en: 'The query has a syntax error.', zh: '查询语句存在语法错误。' },
  GRAPHQL_VALIDATION_FAILED: { en: 'The query does not fit the schema.', zh: '查询语句与数据图谱的定义不符。' },
  INCOMPLETE_ANSWER: { en: 'A part of the answer is missing.', zh: '部分数据缺失。' },
  INTERNAL_ERROR: {
    en: 'Something went wrong on our side. Quote the log id when you report it.',
    zh: '系统内部错误。如需反馈，请提供日志编号。',
  },
  INTROSPECTION_ALONE: {
    en: 'Ask for the schema and for data in separate operations.',
    zh: '请将查询数据图谱定义与查询数据分为两次操作。',
  },
  ISSUER_UNAVAILABLE: {
    en: 'The service that vouches for tokens cannot be reached. Ask again.',
    zh: '暂时无法联系身份认证服务，请稍后重试。',
  },
  METHOD_NOT_ALLOWED: { en: 'This address does not take this method.', zh: '该地址不支持此请求方法。' },
  NOT_FOUND: { en: 'There is nothing here.', zh: '未找到所请求的内容。' },
  NOT_IN_CONTRACT: {
    en: 'The query asks for something that the schema of your region does not have.',
    zh: '查询包含您所在地区的数据接口中没有的内容。',
  },
  OPERATION_RESOLUTION_FAILURE: {
    en: 'The request does not say which of its operations to run.',
    zh: '请求未指明要执行的操作。',
  },
  OPERATION_UNSUPPORTED: { en: 'Subscriptions are not supported.', zh: '不支持订阅操作。' },
  PAGE_TOO_LARGE: { en: 'A page of this size is not given out.', zh: '每页条数超过上限。' },
  PERSISTED_QUERY_NOT_SUPPORTED: { en: 'Persisted queries are not supported.', zh: '不支持持久化查询。' },
  PURPOSE_INVALID: {
    en: 'The header x-tepai-purpose is percent-encoded UTF-8 of at most 200 characters.',
    zh: '请求头 x-tepai-purpose 应为百分号编码的 UTF-8 文字，不超过 200 个字符。',
  },
  QUERY_TOO_COSTLY: { en: 'The query asks for too many rows.', zh: '查询涉及的数据量过大。' },
  QUERY_TOO_DEEP: { en: 'The query is nested too deeply.', zh: '查询嵌套层级过深。' },
  QUERY_TOO_MANY_ALIASES: { en: 'The query has too many aliases.', zh: '查询使用的别名过多。' },
  QUERY_TOO_MANY_FIELDS: { en: 'The query asks for too many fields.', zh: '查询的字段过多。' },
  QUERY_TOO_MANY_ROOT_FIELDS: { en: 'The operation has too many root fields.', zh: '操作的顶层字段过多。' },
  QUERY_TOO_MANY_TOKENS: { en: 'The query text is too long.', zh: '查询语句过长。' },
  SUBGRAPH_TIMEOUT: {
    en: 'A part of the graph did not answer in time. If this was a change, it may or may not have been made: ask again with the same idempotency key.',
    zh: '部分服务响应超时。如为变更操作，其结果尚不确定，请使用相同的幂等键重试。',
  },
  SUBGRAPH_UNAVAILABLE: {
    en: 'A part of the graph cannot be reached. If this was a change, it may or may not have been made: ask again with the same idempotency key.',
    zh: '部分服务暂不可用。如为变更操作，其结果尚不确定，请使用相同的幂等键重试。',
  },
  TEXT_INVALID: { en: 'A text in the request holds the character NUL.', zh: '请求中的文字含有空字符（NUL）。' },
  UNAUTHENTICATED: { en: 'A valid token is needed.', zh: '需要有效的登录凭证。' },
} as const satisfies Record<string, { en: string; zh: string }>;

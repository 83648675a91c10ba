/** The YAML blocks of the dialect's document, as they stand there, by what they are about. */
export const blocks = {
  workload: `# YAML Configuration
workload:
  backend_image_port: 8080
  backend_health_endpoint: /health
  xray_enabled: true
  backend_env_variables:
    - name: NODE_ENV
      value: production
`,
  services: `services:
  - name: worker
    cpu: 512
    memory: 1024
    container_port: 3000
    desired_count: 2
`,
  alb: `alb:
  enabled: true
workload:
  backend_alb_domain_name: api.example.com
`,
  domain: `domain:
  enabled: true
  domain_name: example.com
  api_domain_prefix: api
  add_domain_prefix: true  # false for prod
`,
  postgres: `postgres:
  enabled: true
  dbname: myapp
  username: postgres
  engine_version: "16"
  public_access: false
`,
  cognito: `cognito:
  enabled: true
  enable_web_client: true
  enable_user_pool_domain: true
  user_pool_domain_prefix: myapp-auth
`,
  buckets: `buckets:
  - name: assets
    public: true
workload:
  bucket_postfix: prod123
  bucket_public: false
`,
  efs: `efs:
  - name: uploads
    path: /uploads
workload:
  efs:
    - name: uploads
      mount_point: /app/uploads
`,
  sqs: `sqs:
  enabled: true
  name: main-queue
`,
  push: `workload:
  setup_fcnsns: true
`,
  ses: `ses:
  enabled: true
  domain_name: mail.example.com
  test_emails:
    - admin@example.com
`,
  scheduledTasks: `scheduled_tasks:
  - name: daily-cleanup
    schedule: "rate(1 day)"
    container_command: '["node", "cleanup.js"]'
`,
  eventProcessorTasks: `event_processor_tasks:
  - name: order-processor
    rule_name: order-events
    detail_types: ["Order Created"]
    sources: ["com.myapp.orders"]
`,
  policy: `workload:
  policy:
    - actions: ["s3:GetObject", "s3:PutObject"]
      resources: ["arn:aws:s3:::my-bucket/*"]
`,
} as const;

export type Block = keyof typeof blocks;

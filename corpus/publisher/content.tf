resource "aws_kms_key" "sources" {
  description = "Encrypts what informants send"
}

resource "aws_s3_bucket" "photos" {
  bucket = "acme-paper-photos"
}

resource "aws_s3_bucket" "evidence" {
  bucket              = "acme-paper-evidence"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "evidence" {
  bucket = aws_s3_bucket.evidence.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 3650
    }
  }
}

resource "aws_dynamodb_table" "articles" {
  name         = "publisher-articles"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "author"
    type = "S"
  }

  global_secondary_index {
    name            = "by-author"
    hash_key        = "author"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 35
  }
}

resource "aws_sqs_queue" "feeds" {
  name                       = "publisher-feeds"
  visibility_timeout_seconds = 300
}

resource "aws_secretsmanager_secret" "sources" {
  name                    = "sources/names"
  kms_key_id              = aws_kms_key.sources.arn
  recovery_window_in_days = 30
}

resource "aws_sns_topic" "alerts" {
  name = "publisher-alerts"
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "alarms"
      Effect    = "Allow"
      Action    = "sns:Publish"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Resource  = aws_sns_topic.alerts.arn
    }]
  })
}

resource "aws_backup_vault" "main" {
  name = "publisher"
}

resource "aws_backup_plan" "main" {
  name = "publisher"
  rule {
    rule_name         = "nightly"
    target_vault_name = aws_backup_vault.main.name
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 365
    }
  }
}

resource "aws_api_gateway_rest_api" "desk" {
  name = "publisher-desk"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_resource" "drafts" {
  rest_api_id = aws_api_gateway_rest_api.desk.id
  parent_id   = aws_api_gateway_rest_api.desk.root_resource_id
  path_part   = "drafts"
}

resource "aws_api_gateway_method" "drafts" {
  rest_api_id   = aws_api_gateway_rest_api.desk.id
  resource_id   = aws_api_gateway_resource.drafts.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "drafts" {
  rest_api_id             = aws_api_gateway_rest_api.desk.id
  resource_id             = aws_api_gateway_resource.drafts.id
  http_method             = aws_api_gateway_method.drafts.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.layout.invoke_arn
}

resource "aws_api_gateway_deployment" "desk" {
  rest_api_id = aws_api_gateway_rest_api.desk.id
  depends_on  = [aws_api_gateway_integration.drafts]
}

resource "aws_api_gateway_stage" "desk" {
  rest_api_id   = aws_api_gateway_rest_api.desk.id
  deployment_id = aws_api_gateway_deployment.desk.id
  stage_name    = "desk"
}

resource "aws_cloudwatch_event_bus" "houses" {
  name = "publisher-houses"
}

resource "aws_cloudwatch_event_bus_policy" "houses" {
  event_bus_name = aws_cloudwatch_event_bus.houses.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "houses"
      Effect    = "Allow"
      Action    = "events:PutEvents"
      Principal = { AWS = "arn:aws:iam::${local.account}:root" }
      Resource  = aws_cloudwatch_event_bus.houses.arn
    }]
  })
}

resource "aws_iam_role" "layout" {
  name = "publisher-layout"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "layout" {
  function_name                  = "publisher-layout"
  role                           = aws_iam_role.layout.arn
  package_type                   = "Image"
  image_uri                      = "${local.account}.dkr.ecr.eu-west-1.amazonaws.com/layout:7"
  reserved_concurrent_executions = 20

  image_config {
    command = ["layout.handler"]
  }
}

resource "aws_ecs_task_definition" "press" {
  family                   = "publisher-press"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  container_definitions = jsonencode([{
    name      = "press"
    image     = "${local.account}.dkr.ecr.eu-west-1.amazonaws.com/press:41"
    essential = true
  }])
}

resource "aws_iam_role_policy" "builds" {
  name = "starts-the-press"
  role = aws_iam_role.builds.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ecs:RunTask", Resource = aws_ecs_task_definition.press.arn }]
  })
}

resource "aws_db_subnet_group" "archive" {
  name       = "publisher-archive"
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_db_instance" "archive" {
  identifier                  = "publisher-archive"
  engine                      = "postgres"
  engine_version              = "15.7"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 100
  storage_encrypted           = true
  username                    = "archive"
  manage_master_user_password = true
  db_subnet_group_name        = aws_db_subnet_group.archive.name
  vpc_security_group_ids      = [aws_security_group.archive.id]
  backup_retention_period     = 14
  apply_immediately           = true
  skip_final_snapshot         = false
  final_snapshot_identifier   = "publisher-archive-final"
}

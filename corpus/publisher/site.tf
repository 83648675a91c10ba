resource "aws_instance" "site" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t4g.medium"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.site.id]

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}

resource "aws_ebs_volume" "pictures" {
  availability_zone = "eu-west-1a"
  size              = 200
  type              = "gp3"
  encrypted         = true
}

resource "aws_volume_attachment" "pictures" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.pictures.id
  instance_id = aws_instance.site.id
}

resource "aws_ebs_snapshot" "pictures" {
  volume_id   = aws_ebs_volume.pictures.id
  description = "Before the move to the new building"
}

# The agencies let in this address only.
resource "aws_eip" "feeds" {
  domain = "vpc"
}

resource "aws_eip_association" "feeds" {
  allocation_id = aws_eip.feeds.id
  instance_id   = aws_instance.site.id
}

resource "aws_cloudfront_distribution" "site" {
  enabled         = true
  is_ipv6_enabled = true
  comment         = "The paper"
  web_acl_id      = aws_wafv2_web_acl.site.arn

  origin {
    domain_name = "origin.paper.example.com"
    origin_id   = "site"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    forwarded_values {
      query_string = true
      cookies {
        forward = "none"
      }
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_wafv2_web_acl" "site" {
  provider = aws.global
  name     = "publisher-site"
  scope    = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "too-many-requests"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = 2000
        aggregate_key_type = "IP"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "too-many-requests"
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "publisher-site"
    sampled_requests_enabled   = true
  }
}

resource "aws_route53_zone" "paper" {
  name = "paper.example.com"
}

resource "aws_route53_record" "senders" {
  zone_id = aws_route53_zone.paper.zone_id
  name    = "paper.example.com"
  type    = "TXT"
  ttl     = 3600
  records = ["v=spf1 include:amazonses.com -all"]
}

resource "aws_route53_record" "origin" {
  zone_id = aws_route53_zone.paper.zone_id
  name    = "origin.paper.example.com"
  type    = "A"
  ttl     = 3600
  records = ["203.0.113.80"]
}

resource "aws_acm_certificate" "origin" {
  domain_name       = "origin.paper.example.com"
  validation_method = "DNS"
}

resource "aws_route53_record" "validation" {
  zone_id = aws_route53_zone.paper.zone_id
  name    = tolist(aws_acm_certificate.origin.domain_validation_options)[0].resource_record_name
  type    = tolist(aws_acm_certificate.origin.domain_validation_options)[0].resource_record_type
  ttl     = 300
  records = [tolist(aws_acm_certificate.origin.domain_validation_options)[0].resource_record_value]
}

resource "aws_cloudwatch_metric_alarm" "feeds" {
  alarm_name          = "publisher-feeds"
  alarm_description   = "The agencies send nothing"
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 3
  metric_name         = "NumberOfMessagesSent"
  namespace           = "AWS/SQS"
  period              = 300
  statistic           = "Sum"
  threshold           = 1
  dimensions          = { QueueName = aws_sqs_queue.feeds.name }
}

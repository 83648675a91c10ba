# A newspaper as somebody else writes Terraform: rules from lists, a second provider, policies of many kinds.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { owner = "newsroom" }
  }
}

# CloudFront takes certificates and firewalls from nowhere else.
provider "aws" {
  alias  = "global"
  region = "us-east-1"
  default_tags {
    tags = { owner = "newsroom" }
  }
}

locals {
  account = "100000000005"
  office  = "198.51.100.0/24"
  doors = [
    { port = 443, cidrs = ["0.0.0.0/0"], why = "readers" },
    { port = 22, cidrs = ["198.51.100.0/24", "203.0.113.0/24"], why = "the office and the print works" },
  ]
}

output "reporters_group" {
  description = "For the laptops' gateways of other stacks"
  value       = aws_security_group.reporters.id
}

resource "aws_vpc" "main" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.30.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "private" {
  for_each          = { a = "10.30.10.0/24", b = "10.30.11.0/24" }
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "site" {
  name        = "publisher-site"
  description = "The site"
  vpc_id      = aws_vpc.main.id

  dynamic "ingress" {
    for_each = local.doors
    content {
      description = ingress.value.why
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.cidrs
    }
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "reporters" {
  name        = "publisher-reporters"
  description = "Gateways of the reporters"
  vpc_id      = aws_vpc.main.id

  ingress {
    description = "the office"
    from_port   = 3389
    to_port     = 3389
    protocol    = "tcp"
    cidr_blocks = [local.office]
  }
}

resource "aws_security_group" "archive" {
  name        = "publisher-archive"
  description = "The archive"
  vpc_id      = aws_vpc.main.id

  ingress {
    description     = "the site"
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.site.id]
  }
}

resource "aws_ec2_transit_gateway" "houses" {
  description = "Networks of the publishing houses"
}

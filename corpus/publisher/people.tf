resource "aws_iam_user" "deploy" {
  name = "publisher-deploy"
}

resource "aws_iam_user_policy_attachment" "deploy" {
  user       = aws_iam_user.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_user" "intern" {
  name = "publisher-intern"
}

resource "aws_iam_user_policy" "intern" {
  name = "reads"
  user = aws_iam_user.intern.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.photos.arn}/*" }]
  })
}

resource "aws_iam_group" "admins" {
  name = "publisher-admins"
}

resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_policy" "boundary" {
  name = "publisher-boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "sqs:*", "ecs:*"], Resource = "*" }]
  })
}

resource "aws_iam_role" "builds" {
  name                 = "publisher-builds"
  permissions_boundary = aws_iam_policy.boundary.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "builds" {
  role       = aws_iam_role.builds.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_policy" "editors" {
  name = "publisher-editors"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:eu-west-1:${local.account}:secret:*" },
      { Effect = "Deny", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:eu-west-1:${local.account}:secret:sources/*" },
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${aws_s3_bucket.photos.arn}/*" },
    ]
  })
}

resource "aws_iam_role" "editors" {
  count = 2
  name  = "publisher-editors-${count.index}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::${local.account}:root" } }]
  })
}

resource "aws_iam_role_policy_attachment" "editors" {
  count      = 2
  role       = aws_iam_role.editors[count.index].name
  policy_arn = aws_iam_policy.editors.arn
}

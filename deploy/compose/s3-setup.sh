#!/bin/sh
# Makes the bucket and the user that artifact-service works as. Safe to run again.
set -eu
export MC_CONFIG_DIR=/tmp/mc
mc alias set s3 http://s3:9000 "$S3_ROOT_USER" "$S3_ROOT_PASSWORD" > /dev/null
mc mb --ignore-existing "s3/$S3_BUCKET"
mc encrypt set sse-s3 "s3/$S3_BUCKET"
cat > /tmp/policy.json <<JSON
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
      "Resource": ["arn:aws:s3:::$S3_BUCKET"]
    },
    {
      "Effect": "Allow",
      "Action": [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts"
      ],
      "Resource": ["arn:aws:s3:::$S3_BUCKET/*"]
    }
  ]
}
JSON
mc admin policy create s3 faultmaven-artifacts /tmp/policy.json
mc admin user add s3 "$S3_ACCESS_KEY" "$S3_SECRET_KEY"
mc admin policy attach s3 faultmaven-artifacts --user "$S3_ACCESS_KEY" ||
  mc admin user info s3 "$S3_ACCESS_KEY" | grep -q faultmaven-artifacts

resource "aws_instance" "web" {
  ami           = "ami-1"
  tags = {
    Name = "x"
  }
  ingress {
    cidr_blocks = ["0.0.0.0/0"]
  }
}
variable "password" {
  default = "topsecret1"
}

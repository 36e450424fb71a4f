"""What the reader is worth: agreement with people, speed, memory. `make bench` prints it all."""

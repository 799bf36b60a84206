"""What the faces say to browsers and programs alike: HTTP, written once for all of them."""

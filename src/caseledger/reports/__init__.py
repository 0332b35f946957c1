"""What the registry answers: SQL over its views into sheets and pages. No object is ever loaded."""

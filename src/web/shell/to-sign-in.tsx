// Sends someone who isn't signed in to the sign-in page, once, and remembers where they wanted to be.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Waiting } from '../parts/waiting.tsx';

export function ToSignIn() {
  const navigate = useNavigate();
  const [next] = useState(() => window.location.pathname + window.location.search);
  useEffect(() => {
    void navigate({ to: '/sign-in', search: { next } as never, replace: true });
  }, [navigate, next]);
  return <Waiting />;
}

//! More connections than there are places.

use super::*;

const WHOLE: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: kept\r\n\r\n";

fn is_answered(stream: &mut TcpStream) -> bool {
    let _ = stream.write_all(WHOLE);
    matches!(stream.read(&mut [0; 1024]), Ok(1..))
}

fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0; 1024]), Ok(0) | Err(_))
}

async fn crowded() -> Bakery {
    bakery_with(Timeouts {
        max_connections: 3,
        ..Timeouts::default()
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_connections_give_way_to_new_ones_the_oldest_first() {
    let bakery = crowded().await;
    let mut standing: Vec<_> = (0..3).map(|_| bakery.connect()).collect();
    assert!(standing.iter_mut().all(is_answered));
    assert!(is_answered(&mut bakery.connect()));
    assert!(is_closed(&mut standing[0]));
    assert!(is_answered(&mut standing[2]), "whoever asked last stays");
    for _ in 0..20 {
        assert!(is_answered(&mut bakery.connect()));
    }
    bakery.server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heads_and_bodies_that_do_not_come_give_way_and_a_known_device_does_not() {
    let bakery = crowded().await;
    let token = bakery.sam();
    let mut poke = bakery.connect();
    let head =
        format!("GET /v1/poke HTTP/1.1\r\nhost: kept\r\nauthorization: Bearer {token}\r\n\r\n");
    poke.write_all(head.as_bytes()).unwrap();
    read_until(&mut poke, "event: heads");
    let begun: [&[u8]; 4] = [
        b"GET / HTTP/1.1\r\nx-a: ",
        b"POST /v1/join HTTP/1.1\r\nhost: kept\r\ncontent-length: 4000\r\n\r\nx",
        b"POST /signin HTTP/1.1\r\nhost: kept\r\ncontent-length: 40\r\n\
          content-type: application/x-www-form-urlencoded\r\n\r\nt",
        b"",
    ];
    let mut slow = Vec::new();
    for part in begun.iter().cycle().take(40) {
        let mut stream = bakery.connect();
        let _ = stream.write_all(part);
        slow.push(stream);
        assert!(is_answered(&mut bakery.connect()));
    }
    let state = bakery.server.state();
    state.wake(state.colleague_named("Sam").unwrap().id);
    read_until(&mut poke, "event: wake\ndata: fetch\n");
    bakery.server.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_goes_on_coming_may_take_long() {
    let short = Duration::from_millis(100);
    let bakery = bakery_with(Timeouts {
        request: short,
        body_idle_timeout: short * 20,
        ..Timeouts::default()
    })
    .await;
    let token = bakery.known();
    let body = wire::pack(&request(1)).unwrap();
    let mut stream = bakery.connect();
    stream
        .write_all(head("/v1/sync", &token, body.len()).as_bytes())
        .unwrap();
    // Longer in all than any request of a stranger may take.
    let boot_ms = || kept_core::SystemEnvironment.boot_ms();
    let until = boot_ms() + i64::try_from((short * 4).as_millis()).unwrap();
    let mut pieces = body.chunks(1).peekable();
    while let Some(piece) = pieces.next() {
        while pieces.peek().is_none() && boot_ms() < until {
            tokio::task::yield_now().await;
        }
        stream.write_all(piece).unwrap();
    }
    assert_eq!(answer(stream).status, 200);
    bakery.server.shutdown().await;
}

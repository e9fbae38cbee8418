using System.Collections.Concurrent;
using Dataverse.Sync.Shared;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Runs the store's calls on connections to the file: one connection for writes, and one per concurrent read.
/// </summary>
/// <remarks>
/// The first call opens the file and migrates it. SQLite has no asynchronous I/O, so the work runs on a thread-pool
/// thread and does not block the thread of the caller. A connection on which a call failed is closed; the next call opens
/// a new one.
/// </remarks>
internal sealed class CouplingFile : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ConcurrentBag<FileConnection> readers = [];
    private readonly string path;
    private readonly FileGuard guard;
    private readonly FileOpener opener;
    private FileConnection? writer;
    private volatile bool opened;
    private volatile bool disposed;

    public CouplingFile(SqliteCouplingStoreOptions options)
    {
        path = OwnerOnlyFile.Resolve(Path.GetFullPath(options.Path));
        guard = new(path);
        opener = new(options, path, guard);
    }

    /// <summary>Runs work that only reads. Each statement sees the last commit before it began.</summary>
    public async Task<T> ReadAsync<T>(Func<FileConnection, T> read, CancellationToken cancellationToken)
    {
        if (!opened)
        {
            _ = await OnWriterAsync(static _ => true, cancellationToken).ConfigureAwait(false);
        }

        ObjectDisposedException.ThrowIf(disposed, typeof(SqliteCouplingStore));
        return await Task.Run(() => Translated(() => OnReader(read)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs work in one transaction: all of it is stored, or none.</summary>
    public Task<T> WriteAsync<T>(Func<FileConnection, T> write, CancellationToken cancellationToken) =>
        OnWriterAsync(connection => Write(connection, write), cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<FileConnection> write, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            write(connection);
            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        await writing.WaitAsync().ConfigureAwait(false);
        Close();
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        writing.Wait();
        Close();
    }

    // The semaphore is not disposed: calls that are made too late still wait for it, and then learn that the store is
    // closed.
    private void Close()
    {
        disposed = true;
        CloseReaders();
        CloseWriter();
        _ = writing.Release();
    }

    private async Task<T> OnWriterAsync<T>(Func<FileConnection, T> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteCouplingStore));
            return await Task.Run(() => Translated(() => OnWriter(work)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = writing.Release();
        }
    }

    private T Write<T>(FileConnection connection, Func<FileConnection, T> write)
    {
        var (result, facts) = connection.InTransaction(_ =>
        {
            var counted = guard.BeginWrite(connection);
            opener.RequireKey(counted);
            return (write(connection), counted);
        });
        guard.EndWrite(connection, facts);
        return result;
    }

    private T OnWriter<T>(Func<FileConnection, T> work)
    {
        try
        {
            guard.RequireNotLost();
            if (writer is null)
            {
                writer = opener.OpenWriter();
                opened = true;
            }

            return work(writer);
        }
        catch (SqliteException)
        {
            CloseWriter();
            throw;
        }
    }

    private T OnReader<T>(Func<FileConnection, T> read)
    {
        guard.RequireNotLost();
        if (!readers.TryTake(out var reader))
        {
            reader = opener.OpenReader();
        }

        try
        {
            guard.RequireInPlace(reader);
            var result = read(reader);
            readers.Add(reader);
            return result;
        }
        catch
        {
            opener.Close(reader);
            throw;
        }
        finally
        {
            if (disposed)
            {
                CloseReaders();
            }
        }
    }

    private void CloseWriter()
    {
        if (writer is not null)
        {
            opener.Close(writer);
            writer = null;
        }
    }

    private void CloseReaders()
    {
        while (readers.TryTake(out var reader))
        {
            opener.Close(reader);
        }
    }

    private T Translated<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw FileErrors.From(error, path);
        }
        catch (FormatException error)
        {
            throw FileErrors.From(error, path);
        }
    }
}

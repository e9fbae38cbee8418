using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Sqlite;

/// <summary>The open file: one connection that writes, as many that read as there are calls at a time.</summary>
/// <remarks>
/// Opened and migrated by the first call. SQLite has no asynchronous I/O, so the work runs on a thread of the pool and the caller's is not held.
/// A connection on which anything failed is closed and replaced by the next call.
/// </remarks>
internal sealed class CouplingFile(SqliteCouplingStoreOptions options) : IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ConcurrentBag<FileConnection> readers = [];
    private readonly BaseShapes shapes = new();
    private FileConnection? writer;
    private volatile bool opened;
    private volatile bool disposed;

    /// <summary>Runs work that only reads. Each statement sees the last commit before it began.</summary>
    public async Task<T> ReadAsync<T>(Func<FileConnection, T> read, CancellationToken cancellationToken)
    {
        if (!opened)
        {
            _ = await OnWriterAsync(static _ => true, cancellationToken).ConfigureAwait(false);
        }

        ObjectDisposedException.ThrowIf(disposed, typeof(SqliteCouplingStore));
        return await Task.Run(() => Guarded(() => OnReader(read)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs work in one transaction: all of it is stored, or nothing.</summary>
    public Task<T> WriteAsync<T>(Func<FileConnection, T> write, CancellationToken cancellationToken) =>
        OnWriterAsync(connection => connection.InTransaction(write), cancellationToken);

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

    // The semaphore itself is left to the collector: calls that come too late still wait for it, to learn that the store is closed.
    private void Close()
    {
        disposed = true;
        CloseReaders();
        writer?.Dispose();
        writer = null;
        _ = writing.Release();
    }

    private async Task<T> OnWriterAsync<T>(Func<FileConnection, T> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SqliteCouplingStore));
            return await Task.Run(() => Guarded(() => OnWriter(work)), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = writing.Release();
        }
    }

    private T OnWriter<T>(Func<FileConnection, T> work)
    {
        try
        {
            writer ??= OpenWriter();
            return work(writer);
        }
        catch (SqliteException)
        {
            writer?.Dispose();
            writer = null;
            throw;
        }
    }

    private T OnReader<T>(Func<FileConnection, T> read)
    {
        if (!readers.TryTake(out var reader))
        {
            reader = Open("PRAGMA query_only = ON");
        }

        try
        {
            var result = read(reader);
            readers.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
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

    private FileConnection OpenWriter()
    {
        var connection = Open(options.Synchronous == SqliteSynchronous.Full
            // macOS writes through the drive's own cache only when asked to; elsewhere the second setting says nothing.
            ? "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON"
            : "PRAGMA synchronous = NORMAL");
        try
        {
            CouplingSchema.Prepare(connection, options.Path, CouplingSchema.Steps);
            opened = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private FileConnection Open(string settings)
    {
        var connection = FileConnection.Open(options, shapes);
        try
        {
            connection.Run(settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void CloseReaders()
    {
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw FileFault.From(error, options.Path);
        }
        catch (FormatException error)
        {
            throw FileFault.From(error, options.Path);
        }
    }
}

using Dataverse.Sync.Shared;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Sqlite;

/// <summary>Gives a connection the key of the file, and converts the file if its key is to change.</summary>
internal static class FileEncryption
{
    /// <summary>Prepares the connection for writing, and returns the key of the file; null if it has none.</summary>
    /// <exception cref="CouplingStoreException">The file has another key, or the key cannot be read.</exception>
    public static ValueKey? Prepare(
        FileConnection connection, string path, CouplingFileKey? wanted, CouplingFileKey? previous)
    {
        var key = NeedsConversion(FileTable.Read(connection), path, wanted, previous, out var unchanged)
            ? connection.InTransaction(_ => Convert(connection, path, wanted, previous))
            : unchanged;
        connection.UseKey(key);
        if (FileTable.Read(connection).NeedsVacuum)
        {
            Clean(connection);
        }

        return key;
    }

    /// <summary>Checks that the file has the key of the store, because another process can have changed it.</summary>
    /// <exception cref="CouplingStoreException">The file has another key.</exception>
    public static void RequireKey(FileFacts facts, ValueKey? key, string path)
    {
        var isSame = facts.KeyId is null ? key is null : key?.HasId(facts.KeyId) == true;
        if (!isSame)
        {
            throw FileErrors.WrongKey(path, "got another encryption key from another process.");
        }
    }

    private static bool NeedsConversion(
        FileFacts facts, string path, CouplingFileKey? wanted, CouplingFileKey? previous, out ValueKey? current)
    {
        var identity = facts.Identity.ToByteArray();
        current = wanted?.ForFile(identity, mayCreate: facts.KeyId is null || previous is not null);
        if (facts.KeyId is null)
        {
            return current is not null;
        }

        if (current?.HasId(facts.KeyId) == true)
        {
            return false;
        }

        if (previous?.ForFile(identity, mayCreate: false).HasId(facts.KeyId) == true)
        {
            return true;
        }

        throw FileErrors.WrongKey(path, wanted is null
            ? "is encrypted, and no encryption key was given."
            : "is encrypted with another key than the one that was given.");
    }

    // Decides again under the write lock, because another process may have converted the file in the meantime.
    private static ValueKey? Convert(
        FileConnection connection, string path, CouplingFileKey? wanted, CouplingFileKey? previous)
    {
        var facts = FileTable.Read(connection);
        if (!NeedsConversion(facts, path, wanted, previous, out var key))
        {
            return key;
        }

        var identity = facts.Identity.ToByteArray();
        using var from = facts.KeyId is null
            ? null
            : new ValueCipher(previous!.ForFile(identity, mayCreate: false));
        using var to = key is null ? null : new ValueCipher(key);
        ValueConversionTable.ConvertAll(connection, from, to);
        FileTable.SaveKey(connection, key?.Id);
        return key;
    }

    // The pages from before the conversion can still contain values. If this fails, such as for lack of disk space, the
    // next store tries again.
    private static void Clean(FileConnection connection)
    {
        try
        {
            connection.Run("VACUUM");
            _ = connection.InTransaction(_ =>
            {
                FileTable.SaveVacuumed(connection);
                return true;
            });
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The values are converted; only their earlier forms were not overwritten.
        }
    }
}

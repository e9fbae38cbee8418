namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>A folder of its own for the files of one test; it goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-");

    public string Path => folder.FullName;

    public string File(string name = "couplings.db") => System.IO.Path.Combine(Path, name);

    public void Dispose() => folder.Delete(recursive: true);
}

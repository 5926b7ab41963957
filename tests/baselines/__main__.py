"""Write the baselines anew."""

from baselines.results import write_baselines

if __name__ == "__main__":
    for path in write_baselines():
        print(path)
